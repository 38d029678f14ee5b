import { BrotliDecompress } from "brotli/dec/decode.js";
import type { BoundedOutput } from "./bounded-output.ts";

/** RFC 7932. @throws Error; what its window still held is lost then */
export function unbrotli(bytes: Uint8Array, output: BoundedOutput): void {
  let at = 0;
  let ended = 0;
  BrotliDecompress(
    {
      read(into: Uint8Array, offset: number, count: number): number {
        const part = bytes.subarray(at, at + count);
        into.set(part, offset);
        at += part.length;
        // The decoder goes on with zeros for a while; a cut stream could keep it busy with them.
        if (part.length === 0) ended += 1;
        if (ended > 2) throw new Error("it breaks off");
        return part.length;
      },
    },
    {
      // The decoder would make its buffer longer: this one never needs to be.
      buffer: { length: Number.POSITIVE_INFINITY },
      write(ring: Uint8Array, count: number): number {
        output.push(ring.slice(0, count));
        return count;
      },
    },
  );
  // Many a text begins like a stream that ends at once; a real one of those has one byte or two.
  if (output.size === 0 && bytes.length > 4) throw new Error("it has no content");
}
