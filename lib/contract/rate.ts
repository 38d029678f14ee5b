/** So many in a time: `100/s`, `3000/m`, `20/h`. */
export type Rate = { limit: number; seconds: number };

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** Null for what is no rate. */
export function parseRate(text: string): Rate | null {
  const [, limit, unit] = /^([1-9]\d{0,8})\/([smhd])$/.exec(text.trim()) ?? [];
  if (!limit || !unit) return null;
  return { limit: Number(limit), seconds: SECONDS[unit as keyof typeof SECONDS] };
}
