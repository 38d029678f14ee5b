const KEY = "inlet.targets";
const MOST = 12;

/** The URLs that this browser sent to before, the last one first. */
export function usedTargets(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter((url) => typeof url === "string") : [];
  } catch {
    // Storage that is blocked or holds something else offers nothing.
    return [];
  }
}

export function noteTarget(url: string): void {
  const targets = [url, ...usedTargets().filter((used) => used !== url)].slice(0, MOST);
  try {
    localStorage.setItem(KEY, JSON.stringify(targets));
  } catch {
    // Nothing depends on it.
  }
}
