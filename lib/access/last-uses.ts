/** A use is written down once in this time, not for every request. */
const RESOLUTION_MS = 60_000;
/** Uses wait this long for others, so that one write takes them all. */
const GATHER_MS = 1_000;

export type Use = { id: string; lastUsedAt: Date; agent: string | null };

export type LastUses = {
  /** Never makes the request wait that it is called for. */
  note(token: { id: string; lastUsedAt: Date | null }, at: Date, agent: string | null): void;
  /** Writes what waits. */
  flush(): Promise<void>;
};

/**
 * When each token was last used, to a minute. What waits to be written is lost when the process is
 * killed: the next use is written again.
 */
export function lastUses(
  write: (uses: Use[]) => Promise<void>,
  onError: (error: unknown) => void,
): LastUses {
  let waiting = new Map<string, Use>();
  let writing = new Map<string, Use>();
  let timer: NodeJS.Timeout | undefined;

  const flush = async (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting.size === 0) return;
    writing = waiting;
    waiting = new Map();
    try {
      await write([...writing.values()]);
    } catch (error) {
      onError(error);
    } finally {
      writing = new Map();
    }
  };

  return {
    note({ id, lastUsedAt }, at, agent) {
      if (lastUsedAt !== null && at.getTime() - lastUsedAt.getTime() < RESOLUTION_MS) return;
      if (waiting.has(id) || writing.has(id)) return;
      waiting.set(id, { id, lastUsedAt: at, agent });
      timer ??= setTimeout(() => void flush(), GATHER_MS).unref();
    },
    flush,
  };
}
