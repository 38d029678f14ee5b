import { expect, test } from "vitest";
import { readStream } from "#components/api/read-bytes.ts";

function streamOf(...sizes: number[]) {
  let next = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const size = sizes.shift();
      if (size === undefined) return controller.close();
      controller.enqueue(Uint8Array.from({ length: size }, () => next++ % 256));
    },
  });
}

test("reads everything up to the limit", async () => {
  const { bytes, complete } = await readStream(streamOf(3, 2), 5);
  expect([...bytes]).toEqual([0, 1, 2, 3, 4]);
  expect(complete).toBe(true);
});

test("stops at the limit and says so", async () => {
  const { bytes, complete } = await readStream(streamOf(3, 3, 1_000_000), 5);
  expect([...bytes]).toEqual([0, 1, 2, 3, 4]);
  expect(complete).toBe(false);
});

test("no body is no bytes", async () => {
  expect(await readStream(null, 5)).toEqual({ bytes: new Uint8Array(0), complete: true });
});
