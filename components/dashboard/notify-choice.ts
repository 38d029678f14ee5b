/** The bins whose captures this browser shows notifications of. */
const KEY = "inlet-notify";

const listeners = new Set<() => void>();

function read(): string[] {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(value) ? value.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

export const notifyChoice = {
  isOn: (binId: string): boolean => read().includes(binId),
  /** A browser that keeps nothing for this page forgets it with the page. */
  set(binId: string, on: boolean): void {
    const others = read().filter((id) => id !== binId);
    try {
      localStorage.setItem(KEY, JSON.stringify(on ? [...others, binId] : others));
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
