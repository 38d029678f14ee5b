import { newCaptures, openTestStore } from "../lib/testing/store.ts";
import { median } from "./load.ts";

const SIZES = [1_000, 1_000_000];
const BATCH = 1_000;
const SAMPLES = 200;

const body = Buffer.alloc(200, "x");

/** The first page of a bin with a thousand and with a million captures stored. */
export async function benchLists(name: string, databaseUrl: string): Promise<void> {
  const store = await openTestStore(databaseUrl, { maxCapturesPerBin: 10_000_000 });
  const bins = await Promise.all(SIZES.map(async (size) => ({ size, id: await store.newBin() })));
  for (const { id, size } of bins) {
    for (let done = 0; done < size; done += BATCH) {
      await store.append(newCaptures(id, BATCH, { body }));
    }
  }
  console.log(`\n## The first page of a bin, 50 captures, ${name}\n`);
  const times = bins.map(() => [] as number[]);
  for (let i = 0; i < SAMPLES; i++) {
    for (const [index, { id }] of bins.entries()) {
      const start = performance.now();
      await store.pageOfCaptures(id, { limit: 50 });
      times[index]!.push(performance.now() - start);
    }
  }
  const medians = times.map(median);
  for (const [index, { size }] of bins.entries()) {
    console.log(`- ${size} captures stored: median ${medians[index]!.toFixed(2)} ms`);
  }
  console.log(`- **ratio ${(medians[1]! / medians[0]!).toFixed(2)}**`);
  await store.close();
}
