import type { WholeCapture } from "../store/captures.ts";
import type { Store } from "../store/store.ts";
import { inParts } from "./select.ts";

export type LoadCapture = (id: string, bodySize: number) => Promise<WholeCapture | null>;

type Waiting = {
  id: string;
  bodySize: number;
  resolve(capture: WholeCapture | null): void;
  reject(error: unknown): void;
};

/** Captures with their bodies: what is asked for in one turn of the event loop is read together. */
export function captureLoader(store: Pick<Store, "wholeCaptures">): LoadCapture {
  let line: Waiting[] = [];

  const read = async (part: Waiting[]): Promise<void> => {
    try {
      const ids = [...new Set(part.map(({ id }) => id))];
      const found = new Map(
        (await store.wholeCaptures(ids)).map((capture) => [capture.id, capture]),
      );
      for (const { id, resolve } of part) resolve(found.get(id) ?? null);
    } catch (error) {
      for (const { reject } of part) reject(error);
    }
  };

  const readAll = (): void => {
    const all = line;
    line = [];
    let start = 0;
    for (const { length } of inParts(all)) {
      void read(all.slice(start, start + length));
      start += length;
    }
  };

  return (id, bodySize) =>
    new Promise((resolve, reject) => {
      line.push({ id, bodySize, resolve, reject });
      if (line.length === 1) setImmediate(readAll);
    });
}
