import {
  filledRows,
  type HeaderRow,
  nextKey,
  type RowErrors,
  toRows,
} from "#components/headers/header-row.ts";
import type { InvalidField } from "#lib/contract/problem.ts";
import type { HeaderPair, Reply } from "#lib/contract/reply.ts";

/** What the form holds: as typed, right or wrong. */
export type ReplyDraft = {
  status: string;
  headers: readonly HeaderRow[];
  body: string;
  /** In seconds. */
  delay: string;
};

export function toDraft({ status, headers, body, delayMs }: Reply): ReplyDraft {
  return {
    status: String(status),
    headers: toRows(headers),
    body,
    delay: String(delayMs / 1000),
  };
}

/** Empty text is no number: it must not count as 0. */
function toNumber(text: string): number {
  return text.trim() === "" ? Number.NaN : Number(text);
}

/** For the schema to judge. Rows that are empty on both sides are not there. */
export function toReplyInput({ status, headers, body, delay }: ReplyDraft): Reply {
  return {
    status: toNumber(status),
    headers: filledRows(headers).map(({ name, value }): HeaderPair => [name, value]),
    body,
    // Without the fractions that a multiplication of decimals leaves.
    delayMs: Math.round(toNumber(delay) * 1000 * 1000) / 1000,
  };
}

export function isSameDraft(a: ReplyDraft, b: ReplyDraft): boolean {
  const plain = ({ headers, ...rest }: ReplyDraft) =>
    JSON.stringify([rest, headers.map(({ name, value }) => [name, value])]);
  return plain(a) === plain(b);
}

/** What is wrong with each part of the form; a header's by the key of its row. */
export type DraftErrors = {
  status?: string;
  body?: string;
  delay?: string;
  headers?: string;
  rows: RowErrors;
  /** What belongs to no field. */
  other?: string;
};

export const NO_ERRORS: DraftErrors = { rows: new Map() };

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** Puts what the schema or the server says beside the fields that it is about. */
export function toDraftErrors(draft: ReplyDraft, fields: readonly InvalidField[]): DraftErrors {
  const rows = new Map<number, { name?: string; value?: string }>();
  const errors: DraftErrors = { rows };
  const filled = filledRows(draft.headers);
  for (const { field, message } of fields) {
    const path = field.replace(/^reply\.?/, "").split(".");
    const said = capital(message);
    const row = path[0] === "headers" ? filled[Number(path[1])] : undefined;
    if (row && path[1] !== undefined) {
      const part = path[2] === "1" ? "value" : "name";
      rows.set(row.key, { [part]: said, ...rows.get(row.key) });
    } else if (path[0] === "headers") errors.headers ??= said;
    else if (path[0] === "status") errors.status ??= "Must be a whole number from 200 to 599";
    else if (path[0] === "delayMs")
      errors.delay ??= "Must be from 0 to 30 seconds, to the millisecond";
    else if (path[0] === "body") errors.body ??= said;
    else errors.other ??= said;
  }
  return errors;
}

export function hasErrors({ rows, ...rest }: DraftErrors): boolean {
  return rows.size > 0 || Object.values(rest).some((error) => error !== undefined);
}

const CONTENT_TYPE = "content-type";

export function contentTypeOf(headers: readonly HeaderRow[]): string {
  return headers.find(({ name }) => name.toLowerCase() === CONTENT_TYPE)?.value ?? "";
}

/** Changes the first Content-Type, adds one, or with "" takes all away. */
export function withContentType(headers: readonly HeaderRow[], value: string): HeaderRow[] {
  if (value === "") return headers.filter(({ name }) => name.toLowerCase() !== CONTENT_TYPE);
  const at = headers.findIndex(({ name }) => name.toLowerCase() === CONTENT_TYPE);
  if (at === -1) return [...headers, { key: nextKey(headers), name: "Content-Type", value }];
  return headers.map((row, i) => (i === at ? { ...row, value } : row));
}
