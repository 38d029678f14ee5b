import { BoundedOutput, OutputLimitError } from "./bounded-output.ts";

export type DecodingProblem = {
  kind: "unknown" | "broken" | "limit";
  /** The coding as the header names it. */
  coding: string;
  /** What the decoder says. */
  detail: string;
};

export type Decoding = {
  /** The codings that were undone, the last one that was applied first. */
  undone: string[];
  /** Why what is shown may be less than what was meant. */
  problem: DecodingProblem | null;
};

export type DecodedContent = { bytes: Uint8Array<ArrayBuffer>; decoding: Decoding | null };

type Decoder = (bytes: Uint8Array, output: BoundedOutput) => void;

/** Each is loaded when a body needs it. */
const DECODERS: Record<string, () => Promise<Decoder>> = {
  gzip: async () => (await import("./inflate.ts")).gunzip,
  deflate: async () => (await import("./inflate.ts")).inflateEither,
  br: async () => (await import("./unbrotli.ts")).unbrotli,
  zstd: async () => (await import("./unzstd.ts")).unzstd,
};
const ALIASES: Record<string, string> = { "x-gzip": "gzip" };

/** What a decoded body may be long; the rest of a bomb is not unpacked. */
export const DECODED_MAX_BYTES = 32 * 1024 * 1024;
/** A body that is packed more often than this means no good. */
const MAX_CODINGS = 8;

/** The codings of a Content-Encoding header in the order that they were applied (RFC 9110 8.4). */
export function codingsOf(contentEncoding: string | null): string[] {
  return (contentEncoding ?? "")
    .split(",")
    .map((coding) => coding.trim().toLowerCase())
    .filter((coding) => coding !== "" && coding !== "identity");
}

/**
 * Undoes the codings, as far as it gets. Never throws for what a sender sent: a broken stream gives
 * what could be read, and says so.
 */
export async function decodeContent(
  bytes: Uint8Array<ArrayBuffer>,
  contentEncoding: string | null,
  limit = DECODED_MAX_BYTES,
): Promise<DecodedContent> {
  const codings = codingsOf(contentEncoding).reverse();
  if (codings.length === 0) return { bytes, decoding: null };
  const undone: string[] = [];
  let problem: DecodingProblem | null = null;
  let current = bytes;
  for (const coding of codings) {
    const load = DECODERS[ALIASES[coding] ?? coding];
    if (!load || undone.length === MAX_CODINGS) {
      const detail = load ? "it is packed too often" : "this coding is not known";
      problem ??= { kind: "unknown", coding, detail };
      break;
    }
    const output = new BoundedOutput(limit);
    try {
      (await load())(current, output);
    } catch (error) {
      const kind = error instanceof OutputLimitError ? "limit" : "broken";
      problem ??= { kind, coding, detail: error instanceof Error ? error.message : String(error) };
      // It is not what its header says: the bytes themselves tell more than nothing.
      if (output.size === 0) break;
    }
    current = output.bytes();
    undone.push(coding);
  }
  return { bytes: current, decoding: { undone, problem } };
}
