import { notifyError, notifyUndoable } from "#components/ui/toast.tsx";

export type Undoable = {
  /** What was done: "Deleted 3 captures". */
  title: string;
  undo: () => Promise<void>;
};

type Entry = Undoable & { dismiss: () => void };

/** What one can go back through; further back, the server has forgotten it anyway. */
const MAX_ENTRIES = 50;

const entries: Entry[] = [];

async function run(entry: Entry): Promise<void> {
  const at = entries.indexOf(entry);
  // Pressed twice.
  if (at === -1) return;
  entries.splice(at, 1);
  entry.dismiss();
  try {
    await entry.undo();
  } catch (cause) {
    notifyError("This was not undone", cause);
  }
}

/** What was done on this page and can be taken back, the latest first. */
export const undoStack = {
  latest: (): Undoable | undefined => entries.at(-1),
  /** Shows what was done, with a button that undoes it. */
  push(undoable: Undoable): void {
    const entry: Entry = { ...undoable, dismiss: () => {} };
    entry.dismiss = notifyUndoable({
      title: entry.title,
      onUndo: () => void run(entry),
    });
    entries.push(entry);
    if (entries.length > MAX_ENTRIES) entries.shift();
  },
  async undoLatest(): Promise<void> {
    const entry = entries.at(-1);
    if (entry) await run(entry);
  },
};
