const UNITS = [
  ["hour", 3600],
  ["minute", 60],
] as const;

/** How long to wait, rounded up, for a sentence: `45 seconds`, `12 minutes`, `3 hours`. */
export function describeWait(seconds: number): string {
  const [name, size] = UNITS.find(([, inSeconds]) => seconds >= 2 * inSeconds) ?? ["second", 1];
  const count = Math.ceil(seconds / size);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}
