/** Bounds how many things happen at once, for each key and in all; first come, first served. */
export type Slots = {
  /** Resolves with what gives the slot back. Rejects with the signal's reason when that aborts. */
  take(key: string, signal: AbortSignal): Promise<() => void>;
};

type Waiting = { key: string; start(): void };

export function createSlots(limits: { perKey: number; total: number }): Slots {
  const taken = new Map<string, number>();
  const line: Waiting[] = [];
  let total = 0;

  const isFree = (key: string) => total < limits.total && (taken.get(key) ?? 0) < limits.perKey;

  const occupy = (key: string) => {
    total += 1;
    taken.set(key, (taken.get(key) ?? 0) + 1);
    let isTaken = true;
    return () => {
      if (!isTaken) return;
      isTaken = false;
      total -= 1;
      const left = taken.get(key)! - 1;
      if (left > 0) taken.set(key, left);
      else taken.delete(key);
      // A key that is full does not hold up the others behind it.
      const next = line.findIndex((waiting) => isFree(waiting.key));
      if (next >= 0) line.splice(next, 1)[0]!.start();
    };
  };

  return {
    take(key, signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (isFree(key)) return Promise.resolve(occupy(key));
      return new Promise((resolve, reject) => {
        const waiting: Waiting = {
          key,
          start() {
            signal.removeEventListener("abort", giveUp);
            resolve(occupy(key));
          },
        };
        const giveUp = () => {
          line.splice(line.indexOf(waiting), 1);
          reject(signal.reason);
        };
        signal.addEventListener("abort", giveUp, { once: true });
        line.push(waiting);
      });
    },
  };
}
