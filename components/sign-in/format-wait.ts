/** `in 40 seconds`, `in 8 minutes`; `later` when nobody knows. */
export function formatWait(seconds: number | null): string {
  if (seconds === null) return "later";
  const [count, unit] = seconds < 90 ? [seconds, "second"] : [Math.ceil(seconds / 60), "minute"];
  return `in ${count} ${unit}${count === 1 ? "" : "s"}`;
}
