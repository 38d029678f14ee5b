/**
 * How many captures of each bin this browser has shown, so that it can tell how many are new. Kept
 * for all tabs of the browser, and told to the others by its `storage` event.
 */
const KEY = "inlet-seen";

export type SeenCounts = Readonly<Record<string, number>>;

const NONE: SeenCounts = {};
let text: string | null = null;
let counts: SeenCounts = NONE;
const listeners = new Set<() => void>();

/** A browser that keeps nothing for this page has seen nothing, and is told of nothing new. */
function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function parse(stored: string | null): SeenCounts {
  try {
    const value: unknown = JSON.parse(stored ?? "{}");
    return typeof value === "object" && value !== null ? (value as SeenCounts) : NONE;
  } catch {
    return NONE;
  }
}

export const seenCounts = {
  /** The same object as long as nothing changed. */
  get(): SeenCounts {
    const stored = read();
    if (stored !== text) {
      text = stored;
      counts = parse(stored);
    }
    return counts;
  },
  /** Replaces what was known of these bins. */
  put(changes: SeenCounts): void {
    const before = seenCounts.get();
    if (Object.entries(changes).every(([id, count]) => before[id] === count)) return;
    try {
      localStorage.setItem(KEY, JSON.stringify({ ...before, ...changes }));
    } catch {
      return;
    }
    for (const listener of listeners) listener();
  },
  /** Forgets bins that are no more. */
  keepOnly(ids: ReadonlySet<string>): void {
    const before = seenCounts.get();
    const kept = Object.entries(before).filter(([id]) => ids.has(id));
    if (kept.length === Object.keys(before).length) return;
    try {
      localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(kept)));
    } catch {
      return;
    }
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    window.addEventListener("storage", listener);
    return () => {
      listeners.delete(listener);
      window.removeEventListener("storage", listener);
    };
  },
};
