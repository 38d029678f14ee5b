/** One key with its modifiers. `key` is what `KeyboardEvent.key` says, letters in lower case. */
export type Chord = { key: string; mod: boolean; shift: boolean; alt: boolean };

export type KeyPress = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey"
> &
  Partial<Pick<KeyboardEvent, "getModifierState">>;

const LETTER = /^[a-z]$/;
/** Keys that are the same with and without Shift; for all others the character says it. */
const SHIFTABLE = /^([a-z]|[A-Z][A-Za-z]+\d*|F\d+| )$/;

/**
 * Reads `j`, `Shift+j`, `Mod+k`, `?`, `ArrowDown`, `Space`, and sequences of them: `g b`.
 * `Mod` is Cmd on Apple's keyboards and Ctrl on all others.
 * @throws Error for anything else: a shortcut is part of the program.
 */
export function parseShortcut(shortcut: string): Chord[] {
  return shortcut.split(" ").map((text) => {
    const parts = text.length === 1 ? [text] : text.split("+");
    const key = parts.pop()!;
    if (key === "" || parts.some((part) => !["Mod", "Shift", "Alt"].includes(part))) {
      throw new Error(`"${shortcut}" is not a shortcut`);
    }
    return {
      key: key === "Space" ? " " : key.length === 1 ? key.toLowerCase() : key,
      mod: parts.includes("Mod"),
      shift: parts.includes("Shift"),
      alt: parts.includes("Alt"),
    };
  });
}

export function matches(chord: Chord, press: KeyPress, isApple: boolean): boolean {
  // AltGr makes characters, and on Windows it says that Ctrl and Alt are held.
  const makesCharacter = press.getModifierState?.("AltGraph") === true;
  const mod = isApple ? press.metaKey : press.ctrlKey && !makesCharacter;
  const other = isApple ? press.ctrlKey : press.metaKey;
  const alt = press.altKey && !makesCharacter;
  if (other || mod !== chord.mod) return false;
  // Option makes characters on Apple's keyboards.
  const isCharacter = isApple && press.key.length === 1 && press.key === chord.key;
  if (alt !== chord.alt && !(isCharacter && !chord.alt)) return false;
  if (SHIFTABLE.test(chord.key) && press.shiftKey !== chord.shift) return false;
  return keyOf(press, chord) === chord.key;
}

/** On a keyboard without Latin letters, the key where the letter would be. */
function keyOf({ key, code }: KeyPress, chord: Chord): string {
  if (key.length > 1) return key;
  const lower = key.toLowerCase();
  const isForeign = key.length === 1 && key > "\u007f";
  if (LETTER.test(chord.key) && (isForeign || chord.alt) && /^Key[A-Z]$/.test(code)) {
    return code.slice(3).toLowerCase();
  }
  return lower;
}

const NAMES: Record<string, string> = {
  " ": "Space",
  Escape: "Esc",
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Enter: "Enter",
};

/** What is printed on the keys, one string for each: `["Ctrl", "K"]`. */
export function keyNames(chord: Chord, isApple: boolean): string[] {
  const names = [];
  if (chord.mod) names.push(isApple ? "⌘" : "Ctrl");
  if (chord.alt) names.push(isApple ? "⌥" : "Alt");
  if (chord.shift) names.push(isApple ? "⇧" : "Shift");
  const isAlone = names.length === 0;
  names.push(NAMES[chord.key] ?? (isAlone ? chord.key : chord.key.toUpperCase()));
  return names;
}

/** The form of `aria-keyshortcuts`; it has none for sequences. */
export function ariaShortcut(shortcut: string, isApple: boolean): string | undefined {
  const chords = parseShortcut(shortcut);
  const [chord] = chords;
  if (chords.length !== 1 || !chord) return undefined;
  const mod = chord.mod ? [isApple ? "Meta" : "Control"] : [];
  const rest = [
    chord.alt && "Alt",
    chord.shift && "Shift",
    chord.key === " " ? "Space" : chord.key,
  ];
  return [...mod, ...rest.filter(Boolean)].join("+");
}
