import { fault } from "./fault.ts";

const UNITS: Record<string, number> = { "": 1, b: 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3 };
const AMOUNT = /^(\d{1,15}(?:\.\d{1,6})?)(?:([kmg])(?:i?b)?|b)?$/i;

type Range = { min: number | null; max: number | null };

/** Bytes: `k` is 1,024 of them, as everywhere in Inlet. */
function bytesOf(text: string): number | null {
  const [, number, unit = ""] = AMOUNT.exec(text) ?? [];
  if (number === undefined) return null;
  const bytes = Math.round(Number(number) * UNITS[unit.toLowerCase()]!);
  return Number.isSafeInteger(bytes) ? bytes : null;
}

/** `0`, `>10k`, `<=1.5m`, `10k..20k`. `start` is where the text begins, for messages. */
export function parseSize(text: string, start: number): Range {
  const end = start + text.length;
  const [, operator = "", amounts = ""] = /^(>=|<=|>|<|=|)(.*)$/s.exec(text)!;
  const [first = "", second, ...rest] = amounts.split("..");
  const bytes = bytesOf(first);
  const until = second === undefined ? null : bytesOf(second);
  if (second !== undefined && (operator !== "" || until === null || rest.length > 0)) {
    fault(start, end, "Write a range of sizes like size:1k..10k.");
  }
  if (bytes === null) {
    fault(start, end, "Write a size like size:>10k, size:<=1.5m, size:0 or size:1k..10k.");
  }
  if (until !== null) {
    if (until < bytes) fault(start, end, "Write the smaller size first, like size:1k..10k.");
    return { min: bytes, max: until };
  }
  switch (operator) {
    case ">":
      return { min: bytes + 1, max: null };
    case ">=":
      return { min: bytes, max: null };
    case "<":
      if (bytes === 0) fault(start, end, "No body is smaller than 0 bytes: write size:0.");
      return { min: null, max: bytes - 1 };
    case "<=":
      return { min: null, max: bytes };
    default:
      return { min: bytes, max: bytes };
  }
}
