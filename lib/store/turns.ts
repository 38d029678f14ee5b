/** A place to work, of a few; who is done gives it back. */
export type Turns = {
  /**
   * Resolves when it is the caller's turn.
   * @returns null when too many wait, of this key or together
   */
  take(key: string): Promise<void> | null;
  giveBack(): void;
};

/**
 * Callers of the same key wait for each other, and the keys take turns: whoever asks for much keeps
 * nobody waiting but themselves.
 */
export function createTurns(limits: { active: number; perKey: number; total: number }): Turns {
  /** In the order of their next turns. */
  const lines = new Map<string, (() => void)[]>();
  let active = 0;
  let waiting = 0;

  return {
    take(key) {
      if (active < limits.active) {
        active += 1;
        return Promise.resolve();
      }
      const line = lines.get(key) ?? [];
      if (waiting >= limits.total || line.length >= limits.perKey) return null;
      waiting += 1;
      lines.set(key, line);
      return new Promise((resolve) => line.push(resolve));
    },
    giveBack() {
      const [next] = lines;
      if (!next) {
        active -= 1;
        return;
      }
      const [key, line] = next;
      const start = line.shift()!;
      waiting -= 1;
      lines.delete(key);
      if (line.length > 0) lines.set(key, line);
      start();
    },
  };
}
