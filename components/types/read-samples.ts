import { readBytes } from "#components/api/read-bytes.ts";
import type { Summary } from "#lib/contract/capture.ts";

/** Bodies that are read at most, and how long they may be: types need few, and memory is finite. */
export const SAMPLES_MAX = 50;
export const SAMPLE_MAX_BYTES = 1024 * 1024;
const AT_ONCE = 4;

export type Samples = {
  bodies: Uint8Array[];
  /** Captures that were left out because their body is too long, or beyond the limit. */
  tooLong: number;
  beyond: number;
};

/** Reads the bodies that types are made from. */
export async function readSamples(
  captures: readonly Summary[],
  signal: AbortSignal,
): Promise<Samples> {
  const asked = captures.slice(0, SAMPLES_MAX);
  const fitting = asked.filter(({ bodySize }) => bodySize <= SAMPLE_MAX_BYTES);
  const bodies: Uint8Array[] = [];
  for (let from = 0; from < fitting.length; from += AT_ONCE) {
    const some = fitting.slice(from, from + AT_ONCE).map(async ({ id, bodySize }) => {
      if (bodySize === 0) return new Uint8Array();
      return (await readBytes(id, "body", SAMPLE_MAX_BYTES, signal)).bytes;
    });
    bodies.push(...(await Promise.all(some)));
  }
  return {
    bodies,
    tooLong: asked.length - fitting.length,
    beyond: captures.length - asked.length,
  };
}
