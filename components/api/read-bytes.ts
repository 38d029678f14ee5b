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

export async function readStream(
  stream: ReadableStream<Uint8Array> | null,
  limit: number,
): Promise<Bytes> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = stream?.getReader();
  while (reader && size <= limit) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    size += value.length;
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
