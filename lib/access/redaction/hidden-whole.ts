import type { HeaderPair } from "../../contract/reply.ts";
import { REDACTED } from "../../contract/share.ts";
import type { Recorded, RedactedCapture } from "./redact-capture.ts";

const hideIfAny = (value: string | null) => (value === null ? null : REDACTED);

/** A capture of which nothing can be shown, because what is secret in it could not be found out. */
export function hiddenWhole<R extends Recorded>(record: R, body: Uint8Array): RedactedCapture<R> {
  const hidden = (pairs: HeaderPair[]) => pairs.map((): HeaderPair => [REDACTED, REDACTED]);
  return {
    record: {
      ...record,
      method: REDACTED,
      target: REDACTED,
      path: REDACTED,
      query: hideIfAny(record.query),
      contentType: hideIfAny(record.contentType),
      remoteIp: hideIfAny(record.remoteIp),
      problemDetail: hideIfAny(record.problemDetail),
      headers: hidden(record.headers),
      trailers: hidden(record.trailers),
    },
    body: Buffer.from(body.length > 0 ? REDACTED : ""),
    fields: [],
  };
}
