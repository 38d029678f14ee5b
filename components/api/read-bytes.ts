import type { BytesKind } from "#components/api/captures.ts";
import { request } from "#components/api/request.ts";

export type Bytes = { bytes: Uint8Array<ArrayBuffer>; complete: boolean };

/** The first `limit` bytes; the rest is not downloaded. */
export async function readBytes(
  id: string,
  kind: BytesKind,
  limit: number,
  signal: AbortSignal,
): Promise<Bytes> {
  const response = await request(`/captures/${id}/${kind}`, { signal });
  return readStream(response.body, limit);
}

/** All of them, with word of how many have come. */
export async function loadBytes(
  id: string,
  kind: BytesKind,
  signal: AbortSignal,
  onProgress: (received: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await request(`/captures/${id}/${kind}`, { signal });
  const { bytes } = await readStream(response.body, Number.POSITIVE_INFINITY, onProgress);
  return bytes;
}

export async function readStream(
  stream: ReadableStream<Uint8Array> | null,
  limit: number,
  onProgress?: (received: number) => void,
): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream?.getReader();
  while (reader && size <= limit) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
    onProgress?.(size);
  }
  if (size > limit) await reader?.cancel();
  const bytes = new Uint8Array(Math.min(size, limit));
  let offset = 0;
  for (const chunk of chunks) {
    const part = chunk.subarray(0, bytes.length - offset);
    bytes.set(part, offset);
    offset += part.length;
  }
  return { bytes, complete: size <= limit };
}
