/** A change is told at once, the next one of the same thing not before this. */
const WINDOW_MS = 250;

/**
 * Coalesces what changes often. What is told is read when it is told, so that it is what is stored,
 * in whatever order things happened.
 */
export function createTeller(
  read: (id: string) => Promise<(() => void) | null>,
): (id: string) => void {
  const pending = new Map<string, { isStale: boolean }>();

  const tell = async (id: string, turn: { isStale: boolean }): Promise<void> => {
    while (turn.isStale) {
      turn.isStale = false;
      const send = await read(id).catch(() => null);
      send?.();
      await new Promise((resolve) => setTimeout(resolve, WINDOW_MS).unref());
    }
    pending.delete(id);
  };

  return (id) => {
    const current = pending.get(id);
    if (current) {
      current.isStale = true;
      return;
    }
    const turn = { isStale: true };
    pending.set(id, turn);
    void tell(id, turn);
  };
}
