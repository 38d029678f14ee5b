/** Runs `work` on every item, `width` at a time. The results are in the order of the items. */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const index = next++;
      results[index] = await work(items[index]!, index);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}

/**
 * Sends captures over `width` connections until the server goes away. `onAcknowledged` is told how
 * many were. Returns the body of each acknowledged capture by its id.
 */
export async function loadUntilGone(
  url: string,
  width: number,
  onAcknowledged: (count: number) => void,
): Promise<Map<string, string>> {
  const acknowledged = new Map<string, string>();
  const lane = async (_: unknown, laneIndex: number): Promise<void> => {
    for (let i = 0; ; i++) {
      const body = `${laneIndex}/${i}/${"x".repeat((i * 97) % 3000)}`;
      const response = await fetch(url, { method: "POST", body }).catch(() => null);
      if (response === null) return;
      if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
      acknowledged.set(response.headers.get("inlet-capture")!, body);
      onAcknowledged(acknowledged.size);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return acknowledged;
}
