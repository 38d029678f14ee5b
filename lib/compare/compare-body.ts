import { type BytesComparison, compareBytes } from "./compare-bytes.ts";
import { compareJson } from "./compare-json.ts";
import { comparePairs, type Pair, type PairRow } from "./compare-pairs.ts";
import { compareText, type TextRows } from "./compare-text.ts";
import type { DiffRows } from "./diff-rows.ts";
import { parseJsonNodes } from "./json-node.ts";
import type { MessageBody } from "./message.ts";

/** Longer bodies are compared byte by byte: the rest would take the browser's memory. */
export const COMPARED_AS_TEXT_MAX_BYTES = 16 * 1024 * 1024;

export type BodyComparison =
  | { kind: "empty" }
  | { kind: "identical" }
  | { kind: "json"; diff: DiffRows }
  | { kind: "form"; rows: PairRow[] }
  | { kind: "text"; diff: TextRows }
  | { kind: "bytes"; bytes: BytesComparison; tooLong: boolean };

/** By meaning where both are JSON or forms, by line where both are text, else by byte. */
export function compareBody(left: MessageBody, right: MessageBody): BodyComparison {
  if (left.bytes.length === 0 && right.bytes.length === 0) return { kind: "empty" };
  const bytes = compareBytes(left.bytes, right.bytes);
  if (bytes === null) return { kind: "identical" };
  const longest = Math.max(left.bytes.length, right.bytes.length);
  if (longest > COMPARED_AS_TEXT_MAX_BYTES) return { kind: "bytes", bytes, tooLong: true };
  const leftText = decode(left);
  const rightText = decode(right);
  if (leftText === null || rightText === null) return { kind: "bytes", bytes, tooLong: false };
  const leftJson = parseJsonNodes(leftText);
  const rightJson = leftJson && parseJsonNodes(rightText);
  if (leftJson && rightJson) {
    return { kind: "json", diff: compareJson(leftText, leftJson, rightText, rightJson) };
  }
  if (isForm(left) && isForm(right)) {
    return { kind: "form", rows: compareParameters(leftText, rightText) };
  }
  return { kind: "text", diff: compareText(leftText, rightText) };
}

/** `a=1&b=2` parameter by parameter, as it was sent (URL Standard 5.1). */
export function compareParameters(left: string, right: string): PairRow[] {
  return comparePairs(parameters(left), parameters(right), {
    key: decodeParameter,
    means: decodeParameter,
  });
}

function parameters(raw: string): Pair[] {
  return raw
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      return at === -1
        ? { name: part, value: null }
        : { name: part.slice(0, at), value: part.slice(at + 1) };
    });
}

function decodeParameter(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

function isForm({ contentType }: MessageBody): boolean {
  return /^\s*application\/x-www-form-urlencoded\b/i.test(contentType ?? "");
}

/** Null for what is not text: bytes that the charset has no meaning for, or zeros among them. */
function decode({ bytes, contentType }: MessageBody): string | null {
  const charset = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? "")?.[1] ?? "utf-8";
  try {
    const text = new TextDecoder(charset, { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch {
    return null;
  }
}
