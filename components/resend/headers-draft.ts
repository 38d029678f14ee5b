import { fromLines, toLines } from "#components/headers/header-lines.ts";
import { checkHeader, type HeaderRow, toPairs, toRows } from "#components/headers/header-row.ts";
import type { HeaderPair } from "#lib/contract/reply.ts";

/** As rows, or with `text` as lines of text: then the rows wait for it. */
export type HeadersDraft = { rows: readonly HeaderRow[]; text: string | null };

/** Fields for more than this would make a page slow. */
export const ROWS_MAX = 200;

export function draftHeaders(headers: readonly HeaderPair[]): HeadersDraft {
  if (headers.length > ROWS_MAX) return { rows: [], text: toLines(headers) };
  return { rows: toRows(headers), text: null };
}

/** What is to be sent, and why the first that cannot be sent cannot. Text may be no headers at all. */
export function readHeaders({ rows, text }: HeadersDraft): {
  headers: HeaderPair[] | null;
  error: string | null;
} {
  const parsed = text === null ? { headers: toPairs(rows) } : fromLines(text);
  if ("error" in parsed) return { headers: null, error: parsed.error };
  const { headers } = parsed;
  for (const [name, value] of headers) {
    const wrong = checkHeader([name, value]);
    const said = wrong?.name ?? wrong?.value;
    if (said) return { headers, error: name === "" ? said : `${name}: ${said}` };
  }
  return { headers, error: null };
}

/** Null where the text is not headers: it has to be put right first. */
export function asRows({ text, ...draft }: HeadersDraft): HeadersDraft | null {
  if (text === null) return { ...draft, text };
  const parsed = fromLines(text);
  if ("error" in parsed || parsed.headers.length > ROWS_MAX) return null;
  return { rows: toRows(parsed.headers), text: null };
}

export function asText({ rows, text }: HeadersDraft): HeadersDraft {
  return { rows, text: text ?? toLines(toPairs(rows)) };
}
