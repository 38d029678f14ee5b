const SECOND = 1_000;
const SPAN_MS = 3 * 24 * 60 * 60 * SECOND;
const FIRST_MS = 5 * SECOND;
const GROWTH_MAX = 6;

/** The longest pauses after each attempt but the last: those of the server without their jitter. */
export function pausesOf(maxAttempts: number): number[] {
  const pauses = (growth: number) =>
    Array.from({ length: maxAttempts - 1 }, (_, i) => FIRST_MS * growth ** i);
  const total = (growth: number) => pauses(growth).reduce((sum, pause) => sum + pause, 0);
  let [low, high] = [1, GROWTH_MAX];
  if (total(high) <= SPAN_MS) return pauses(high);
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (total(middle) <= SPAN_MS) low = middle;
    else high = middle;
  }
  return pauses(low);
}

const UNITS: [unit: string, ms: number][] = [
  ["d", 24 * 60 * 60 * SECOND],
  ["h", 60 * 60 * SECOND],
  ["min", 60 * SECOND],
  ["s", SECOND],
];

function rough(ms: number): string {
  const [unit, size] = UNITS.find(([, each]) => ms >= each) ?? UNITS.at(-1)!;
  const count = ms / size;
  return `${count < 9.95 && unit !== "s" ? Number(count.toFixed(1)) : Math.round(count)} ${unit}`;
}

/** When a forward is tried again, in a sentence. */
export function describeSchedule(maxAttempts: number): string {
  if (!(maxAttempts >= 1 && maxAttempts <= 20)) return "";
  if (maxAttempts === 1) return "Tried once: what fails has failed.";
  const pauses = pausesOf(maxAttempts);
  const said = pauses.map(rough);
  const whole = rough(pauses.reduce((sum, pause) => sum + pause, 0));
  const listed =
    said.length > 7 ? [...said.slice(0, 4), "…", said.at(-1)!].join(", ") : said.join(", ");
  return `Without a 2xx, tried again after about ${listed}: for ${whole} in all. Each pause counts from the attempt before.`;
}
