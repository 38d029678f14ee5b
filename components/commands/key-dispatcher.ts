import { type Command, isEnabled, shortcutsOf } from "#components/commands/command.ts";
import { type Chord, matches, parseShortcut } from "#components/commands/shortcut.ts";

/** So long may the second key of a sequence take. */
export const SEQUENCE_MS = 1_000;

const IGNORED = /^(Shift|Control|Alt|AltGraph|Meta|CapsLock|Dead|Process|Unidentified)$/;

/** What is typed here is text. */
const FIELD =
  "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]:not([contenteditable=false])";
/** Something that is on top of the page, with keys of its own. */
const LAYER = "[role=dialog], [role=alertdialog], [role=menu], [role=listbox]";
/** Where the arrow keys and their like already mean something. */
const MOVES =
  "[data-scrolls], [role=tab], [role=separator], [role=slider], [role=tree], [role=grid], [role=radiogroup]";
/** Where Enter and Space press what has the focus. */
const PRESSES = "button, a[href], summary, input, [role=button], [role=treeitem]";

type Press = Pick<
  KeyboardEvent,
  | "key"
  | "code"
  | "ctrlKey"
  | "metaKey"
  | "shiftKey"
  | "altKey"
  | "isComposing"
  | "defaultPrevented"
  | "preventDefault"
  | "timeStamp"
>;

/** What has the focus. */
type Target = { closest(selector: string): unknown } | null;

type At = (selector: string) => boolean;

type DispatcherOptions = {
  /** Later ones win over earlier ones with the same shortcut. */
  commands: () => readonly Command[];
  isApple: () => boolean;
};

/** Finds the command that a key press means, and runs it. One for the whole page. */
export function createKeyDispatcher({ commands, isApple }: DispatcherOptions) {
  let pressed: Press[] = [];

  /** Runs what the keys pressed so far mean. True also for the beginning of something. */
  function take(at: At, inField: boolean): boolean {
    let isPrefix = false;
    for (const command of commands().toReversed()) {
      if (inField && !command.inFields) continue;
      if (at(LAYER) && !command.inDialogs) continue;
      for (const shortcut of shortcutsOf(command)) {
        const chords = parseShortcut(shortcut);
        if (!startsWith(chords, pressed, isApple()) || isTaken(chords.at(-1)!, at)) continue;
        if (!isEnabled(command)) continue;
        if (chords.length > pressed.length) {
          isPrefix = true;
          continue;
        }
        pressed.at(-1)!.preventDefault();
        pressed = [];
        command.run();
        return true;
      }
    }
    return isPrefix;
  }

  return (press: Press, target: Target): void => {
    // "Process" is a key that an input method took.
    if (press.defaultPrevented || press.isComposing || IGNORED.test(press.key)) return;
    const at: At = (selector) => Boolean(target?.closest(selector));
    const inField = at(FIELD);
    const last = pressed.at(-1);
    if (inField || (last && press.timeStamp - last.timeStamp > SEQUENCE_MS)) pressed = [];
    pressed.push(press);
    if (take(at, inField)) return;
    const wasSequence = pressed.length > 1;
    pressed = wasSequence ? [press] : [];
    // `g j`: where there is no such sequence, the j counts by itself.
    if (wasSequence && !take(at, inField)) pressed = [];
  };
}

function startsWith(chords: readonly Chord[], pressed: readonly Press[], isApple: boolean) {
  return (
    pressed.length <= chords.length &&
    pressed.every((press, i) => matches(chords[i]!, press, isApple))
  );
}

function isTaken(chord: Chord, at: At): boolean {
  if (/^(Arrow|Page|Home|End)/.test(chord.key)) return at(MOVES);
  if (chord.key === "Enter" || chord.key === " ") return at(PRESSES);
  return false;
}
