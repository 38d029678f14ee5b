import { REDACTED, type RedactedField, type Redaction } from "../../contract/share.ts";
import { isAscii } from "./byte-string.ts";
import { SOUGHT_MIN } from "./scrub.ts";
import { tokensIn } from "./tokens.ts";

const FIELDS_MAX = 1_000;
/** Findings are few, and come late: each of them can be shown. */
const FINDINGS_MAX = 500;
/** A longer one can be neither listed nor chosen. It is not even read: it may be made for each value. */
const ADDRESS_MAX = 1_000;
const SHOWN_MAX = 2_000;

/**
 * Decides for each field whether it is hidden, and remembers the values that are. Texts are byte
 * strings: one character of U+0000 to U+00FF for each byte, as Node gives headers.
 */
export class Fields {
  readonly list: RedactedField[] = [];
  /** Byte strings that must not be in anything that leaves the server. */
  readonly hidden = new Set<string>();
  private readonly chosen = new Set<string>();
  private readonly hide: Set<string>;
  private readonly show: Set<string>;
  private readonly seen = new Set<string>();

  constructor({ hide, show }: Redaction) {
    this.hide = new Set(hide);
    this.show = new Set(show);
  }

  /** Whether it is in a field that would be hidden by default. */
  isShownByChoice(token: string): boolean {
    return this.chosen.has(token);
  }

  isHidden(address: string, byDefault: boolean): boolean {
    const isPlain = this.hide.size === 0 && this.show.size === 0;
    if (isPlain || address.length > ADDRESS_MAX) return byDefault;
    return this.hide.has(address) || (byDefault && !this.show.has(address));
  }

  /**
   * @param raw the value as it came, `values` other forms of it: decoded, unescaped
   * @returns what to write in its place, or null to leave it
   */
  visit(address: string, raw: string, byDefault: boolean, values: string[] = []): string | null {
    const hidden = this.isHidden(address, byDefault);
    this.note(address, hidden ? REDACTED : (values[0] ?? raw), hidden, byDefault);
    if (!hidden) {
      if (byDefault) for (const token of tokensIn(raw)) this.chosen.add(token);
      return null;
    }
    // What is found in whichever way it is written needs not be looked for as it came too.
    const isFound = values.length > 0 && values[0]!.length >= SOUGHT_MIN && isAscii(raw);
    if (!isFound) this.hidden.add(raw);
    for (const value of values) this.hidden.add(value);
    return REDACTED;
  }

  private note(address: string, value: string, hidden: boolean, hiddenByDefault: boolean): void {
    const max = hiddenByDefault ? FIELDS_MAX + FINDINGS_MAX : FIELDS_MAX;
    if (this.list.length >= max || address.length > ADDRESS_MAX) return;
    const key = `${address}\0${value}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    const shown = value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}…` : value;
    this.list.push({ address, value: shown, hidden, hiddenByDefault });
  }
}
