import { request } from "#components/api/request.ts";

export type Progress = { bytes: number; lines: number };

/** The browser keeps a blob where it has room, also on the disk; small pieces would stay in memory. */
const PIECE_BYTES = 8 * 1024 * 1024;

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++;
  return count;
}

/**
 * Fetches an export and says how far it is.
 * @throws ApiError; TypeError when the connection broke before the end; the signal's reason
 */
export async function fetchExport(
  path: string,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<Blob> {
  const response = await request(path, { signal });
  const pieces: Blob[] = [];
  let part: Uint8Array<ArrayBuffer>[] = [];
  let partBytes = 0;
  let bytes = 0;
  let lines = 0;
  const reader = response.body!.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    part.push(value);
    partBytes += value.byteLength;
    bytes += value.byteLength;
    lines += countLines(value);
    onProgress({ bytes, lines });
    if (partBytes < PIECE_BYTES) continue;
    pieces.push(new Blob(part));
    part = [];
    partBytes = 0;
  }
  return new Blob([...pieces, ...part], { type: "application/octet-stream" });
}

export function saveBlob(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The browser has taken the blob over once the click is through.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
