/** Numbers of JSON as they are written: longer than a double is exact. */
export type Decimal = {
  sign: -1 | 0 | 1;
  /** Without zeros at either end. */
  digits: string;
  /** Of ten: the value is 0.digits × 10^exponent. */
  exponent: number;
};

const NUMBER = /^([+-]?)(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,9}))?$/i;

/** Null for what is no number. */
export function parseDecimal(text: string): Decimal | null {
  const [, sign, whole, fraction = "", power = "0"] = NUMBER.exec(text) ?? [];
  if (whole === undefined) return null;
  const all = whole + fraction;
  const leading = /^0*/.exec(all)![0].length;
  const digits = all.slice(leading).replace(/0+$/, "");
  if (digits === "") return { sign: 0, digits, exponent: 0 };
  return { sign: sign === "-" ? -1 : 1, digits, exponent: whole.length - leading + Number(power) };
}

/** Below 0, 0 or above 0, exactly. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.sign !== b.sign) return a.sign - b.sign;
  if (a.exponent !== b.exponent) return a.sign * (a.exponent - b.exponent);
  if (a.digits === b.digits) return 0;
  return a.digits < b.digits ? -a.sign : a.sign;
}
