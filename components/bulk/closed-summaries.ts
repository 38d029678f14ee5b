const KEY = "inlet.bulk-closed";
const MOST = 50;

function read(): readonly string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
  } catch {
    // Storage that is blocked or holds something else: none is closed.
    return [];
  }
}

let ids: readonly string[] | null = null;
const listeners = new Set<() => void>();

/** The bulk resends whose summary was closed in this browser. */
export const closedSummaries = {
  get(): readonly string[] {
    ids ??= read();
    return ids;
  },
  close(id: string): void {
    ids = [id, ...closedSummaries.get()].slice(0, MOST);
    try {
      localStorage.setItem(KEY, JSON.stringify(ids));
    } catch {
      // Then it is closed on this page alone.
    }
    for (const listener of listeners) listener();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};
