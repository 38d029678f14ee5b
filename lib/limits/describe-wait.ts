const UNITS = [
  ["hour", 3600],
  ["minute", 60],
] as const;

/** How long to wait, rounded up, for a sentence: `1 minute`, `45 seconds`, `12 minutes`. */
export function describeWait(seconds: number): string {
  const [name, size] = UNITS.find(([, inSeconds]) => seconds > inSeconds) ?? ["second", 1];
  const count = Math.ceil(seconds / size);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
