import { Decompress } from "fzstd";
import type { BoundedOutput } from "./bounded-output.ts";

const MAGIC = 0xfd2fb528;
const SKIPPABLE = 0x184d2a50;
const BLOCK_MAX = 128 * 1024;
/** What `zstd -d` takes by default. A frame may ask for terabytes. */
const WINDOW_MAX = 128 * 1024 * 1024;

type Frame = {
  /** Where its first block begins. */
  blocks: number;
  hasChecksum: boolean;
  /** Bytes of content where the frame says so. */
  size: number | null;
};

/**
 * RFC 8878. Goes from block to block by itself, which finds cut and oversized ones, and has each
 * decoded. Checksums are not compared, content sizes are.
 * @throws Error that says what is wrong, after everything before it was given out
 */
export function unzstd(bytes: Uint8Array, output: BoundedOutput): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  if (bytes.length === 0) throw new Error("it breaks off");
  while (at < bytes.length) {
    need(bytes, at + 4);
    const magic = view.getUint32(at, true);
    if ((magic & 0xfffffff0) >>> 0 === SKIPPABLE) {
      need(bytes, at + 8);
      at += 8 + view.getUint32(at + 4, true);
      need(bytes, at);
    } else if (magic === MAGIC) {
      at = readFrame(bytes, view, at, output);
    } else {
      throw new Error("there is no zstd frame where one has to begin");
    }
  }
}

function readFrame(bytes: Uint8Array, view: DataView, start: number, output: BoundedOutput) {
  const frame = readHeader(bytes, view, start);
  const before = output.size;
  const decoder = new Decompress((chunk) => output.push(chunk));
  decoder.push(bytes.subarray(start, frame.blocks));
  let at = frame.blocks;
  for (let isLast = false; !isLast; ) {
    need(bytes, at + 3);
    const header = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
    isLast = (header & 1) === 1;
    const kind = (header >> 1) & 3;
    const size = header >> 3;
    if (kind === 3) throw new Error("a block is of a kind that does not exist");
    if (size > BLOCK_MAX) throw new Error("a block is longer than blocks may be");
    const end = at + 3 + (kind === 1 ? 1 : size);
    need(bytes, end);
    decoder.push(bytes.subarray(at, end));
    at = end;
  }
  if (frame.hasChecksum) at += 4;
  need(bytes, at);
  // The decoder waits for 18 bytes before it looks at a frame; a whole frame may be shorter.
  decoder.push(bytes.subarray(at - (frame.hasChecksum ? 4 : 0), at), true);
  if (frame.size !== null && output.size - before !== frame.size) {
    throw new Error("its content is not as long as it says");
  }
  return at;
}

/** RFC 8878 3.1.1.1. */
function readHeader(bytes: Uint8Array, view: DataView, start: number): Frame {
  need(bytes, start + 5);
  const descriptor = bytes[start + 4]!;
  const isSingleSegment = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3]!;
  const sizeBytes = sizeFlag === 0 ? Number(isSingleSegment) : 1 << sizeFlag;
  const windowAt = start + 5;
  const dictionaryAt = windowAt + (isSingleSegment ? 0 : 1);
  const sizeAt = dictionaryAt + dictionaryBytes;
  need(bytes, sizeAt + sizeBytes);
  if (bytes.subarray(dictionaryAt, sizeAt).some((byte) => byte !== 0)) {
    throw new Error("it needs a dictionary, which was not sent");
  }
  const size = readSize(view, sizeAt, sizeBytes);
  const exponent = bytes[windowAt]! >> 3;
  const base = 2 ** (10 + exponent);
  const window = isSingleSegment ? (size ?? 0) : base + (base / 8) * (bytes[windowAt]! & 7);
  if (window > WINDOW_MAX) throw new Error("it asks for more memory than 128 MiB");
  return { blocks: sizeAt + sizeBytes, hasChecksum: (descriptor & 4) !== 0, size };
}

function readSize(view: DataView, at: number, bytes: number): number | null {
  if (bytes === 0) return null;
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  if (bytes === 4) return view.getUint32(at, true);
  return Number(view.getBigUint64(at, true));
}

function need(bytes: Uint8Array, end: number): void {
  if (end > bytes.length) throw new Error("it breaks off");
}
