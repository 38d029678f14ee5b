import type { BodyAnswers } from "./body-document.ts";

export type BodyMethod = keyof BodyAnswers;

/** What the page asks its worker. */
export type BodyRequest = { id: number } & (
  | {
      method: "open";
      raw: Uint8Array<ArrayBuffer>;
      contentType: string | null;
      contentEncoding: string | null;
    }
  | { method: BodyMethod; args: unknown[] }
);

export type BodyReply = { id: number; value: unknown } | { id: number; error: string };

/** The buffers of an answer, which change hands instead of being copied. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  if (ArrayBuffer.isView(value)) return [value.buffer as ArrayBuffer];
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  return Object.values(value).flatMap(buffersOf);
}
