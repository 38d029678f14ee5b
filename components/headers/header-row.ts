import { FIELD_VALUE, NAME_RULE, TOKEN, VALUE_RULE } from "#lib/contract/header-syntax.ts";
import type { HeaderPair } from "#lib/contract/reply.ts";

/** A row keeps its identity while others come and go above it. */
export type HeaderRow = { key: number; name: string; value: string };

/** What is wrong with a row's two parts, by its key. */
export type RowErrors = ReadonlyMap<number, { name?: string; value?: string }>;

export function toRows(headers: readonly HeaderPair[], firstKey = 0): HeaderRow[] {
  return headers.map(([name, value], i) => ({ key: firstKey + i, name, value }));
}

/** Rows that are empty on both sides are not there. */
export function filledRows(rows: readonly HeaderRow[]): HeaderRow[] {
  return rows.filter(({ name, value }) => name !== "" || value !== "");
}

export function toPairs(rows: readonly HeaderRow[]): HeaderPair[] {
  return filledRows(rows).map(({ name, value }): HeaderPair => [name, value]);
}

export function nextKey(rows: readonly HeaderRow[]): number {
  return rows.reduce((most, { key }) => Math.max(most, key), -1) + 1;
}

/** The row `by` places further down (or up, below 0). */
export function moveRow(rows: readonly HeaderRow[], key: number, by: 1 | -1): HeaderRow[] {
  const from = rows.findIndex((row) => row.key === key);
  const to = from + by;
  const moved = [...rows];
  if (from === -1 || to < 0 || to >= moved.length) return moved;
  [moved[from], moved[to]] = [moved[to]!, moved[from]!];
  return moved;
}

/** In the place of a row that is still empty, else after it. */
export function insertRows(
  rows: readonly HeaderRow[],
  at: HeaderRow,
  headers: readonly HeaderPair[],
): HeaderRow[] {
  const index = rows.findIndex(({ key }) => key === at.key);
  const isEmpty = at.name === "" && at.value === "";
  return [
    ...rows.slice(0, isEmpty ? index : index + 1),
    ...toRows(headers, nextKey(rows)),
    ...rows.slice(index + 1),
  ];
}

const sentence = (rule: string) => `${rule.charAt(0).toUpperCase()}${rule.slice(1)}`;

/** What no request may have: the API refuses it with the same words. */
export function checkHeader([name, value]: HeaderPair): { name?: string; value?: string } | null {
  const wrongName = name === "" ? "A header has a name" : sentence(NAME_RULE);
  const errors = {
    ...(!TOKEN.test(name) && { name: wrongName }),
    ...(!FIELD_VALUE.test(value) && { value: sentence(VALUE_RULE) }),
  };
  return errors.name || errors.value ? errors : null;
}
