import { Inflate } from "pako";
import type { BoundedOutput } from "./bounded-output.ts";

const CHUNK = 64 * 1024;

/** RFC 1952, of several members too. @throws Error with zlib's words, after all that could be read */
export function gunzip(bytes: Uint8Array, output: BoundedOutput): void {
  // 16 and more: gzip alone, without guessing.
  inflate(bytes, output, { windowBits: 15 + 16 });
}

/**
 * "deflate" is the zlib format (RFC 9110 8.4.1.2), but for long there were senders of the bare one
 * (RFC 1951): whoever has no zlib header is read as that.
 */
export function inflateEither(bytes: Uint8Array, output: BoundedOutput): void {
  const [first = 0, second = 0] = bytes;
  const hasHeader = (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
  inflate(bytes, output, hasHeader ? { windowBits: 15 } : { raw: true });
}

function inflate(
  bytes: Uint8Array,
  output: BoundedOutput,
  options: { windowBits?: number; raw?: boolean },
): void {
  const inflator = new Inflate({ ...options, chunkSize: CHUNK });
  let pending: () => Uint8Array = () => new Uint8Array();
  let left = () => 0;
  inflator.onStart = (stream) => {
    pending = () => stream.output.subarray(0, stream.next_out);
    left = () => stream.avail_in;
  };
  inflator.onData = (chunk) => output.push(chunk);
  if (!inflator.push(bytes, true)) {
    // What came right before the fault; of the bare format, which anything may look like, noise.
    if (options.raw) output.clear();
    else if (pending().length > 0) output.push(pending());
    throw new Error(inflator.err === -5 ? "it breaks off" : inflator.msg || "it is damaged");
  }
  const rest = bytes.subarray(bytes.length - left());
  // Padding with zeros is what tapes and some devices add.
  if (rest.some((byte) => byte !== 0)) throw new Error(`${rest.length} bytes follow its end`);
}
