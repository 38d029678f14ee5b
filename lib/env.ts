import { isIP } from "node:net";
import proxyAddr from "proxy-addr";
import { z } from "zod";
import { parseRate } from "./contract/rate.ts";

/** `1`, `10.0.0.0/8, 192.0.2.7` or `loopback`: hops, or the addresses of proxies to believe. */
const trustProxySchema = z.string().transform((value, context) => {
  if (/^\d+$/.test(value)) {
    const hops = Number(value);
    return (_address: string, hop: number) => hop < hops;
  }
  try {
    return proxyAddr.compile(value.split(",").map((address) => address.trim()));
  } catch {
    context.addIssue({
      code: "custom",
      message: "must be a number of proxies, or addresses and CIDR ranges separated by commas",
    });
    return z.NEVER;
  }
});

const RANGE = /^[\da-f:.]+\/\d+$/i;
const HOST = /^(?!-)[a-z0-9_-]+(\.[a-z0-9_-]+)*\.?$/i;

/** `yes`, `no`, or `10.0.0.0/8, printer.local`: ranges of addresses, single ones, and host names. */
const privateTargetsSchema = z.string().transform((value, context) => {
  const word = value.trim().toLowerCase();
  if (["yes", "true", "1"].includes(word)) return "all" as const;
  if (["no", "false", "0"].includes(word)) return "none" as const;
  const entries = value.split(",").map((entry) => entry.trim());
  const isRange = (entry: string) => {
    const [address = "", bits] = entry.split("/");
    const max = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    return max > 0 && (bits === undefined || (RANGE.test(entry) && Number(bits) <= max));
  };
  const wrong = entries.find((entry) => !isRange(entry) && !HOST.test(entry));
  if (wrong === undefined && !entries.some((entry) => /^[\d.]+$/.test(entry) && !isRange(entry))) {
    const ranges = entries.filter(isRange);
    return { ranges, hosts: entries.filter((entry) => !isRange(entry)) };
  }
  context.addIssue({
    code: "custom",
    message:
      "must be yes, no, or CIDR ranges and host names separated by commas, as in 10.0.0.0/8, nas.local",
  });
  return z.NEVER;
});

const count = (min: number, max: number) =>
  z.coerce
    .number({ error: `must be a whole number from ${min} to ${max}` })
    .int(`must be a whole number from ${min} to ${max}`)
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`);

const UNITS = { "": 1, B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 } as const;

/** `1073741824`, `1GiB`, `1.5 TiB`; null for what is no size. */
function parseSize(text: string): number | null {
  const [, amount, unit = ""] = /^(\d{1,15}(?:\.\d{1,3})?) ?([KMGT]iB|B)?$/.exec(text.trim()) ?? [];
  return amount ? Math.floor(Number(amount) * UNITS[unit as keyof typeof UNITS]) : null;
}

/** @param max in bytes */
const sizeSchema = (max: number) =>
  z.string().transform((value, context) => {
    const size = parseSize(value);
    if (size !== null && size <= max) return size;
    context.addIssue({
      code: "custom",
      message: `must be bytes, or a size as in 500KiB or 10MiB, up to ${max / UNITS.MiB}MiB`,
    });
    return z.NEVER;
  });

const storageSchema = z.string().transform((value, context) => {
  const size = value.trim() === "off" ? "off" : parseSize(value);
  if (size !== null && size !== 0) return size;
  context.addIssue({
    code: "custom",
    message: "must be bytes, a size as in 500MiB or 2GiB, or off",
  });
  return z.NEVER;
});

const rateSchema = z.string().transform((value, context) => {
  const rate = value.trim() === "off" ? "off" : parseRate(value);
  if (rate) return rate;
  context.addIssue({
    code: "custom",
    message: "must be a number for each s, m, h or d, as in 100/s, or off",
  });
  return z.NEVER;
});

const publicUrlSchema = z
  .url({
    protocol: /^https?$/,
    error: "must be an http or https URL, as in https://inlet.example.com",
  })
  .refine(
    // Asked also about what is no URL at all, which the rule before has named.
    (url) => !URL.canParse(url) || (/^\/?$/.test(new URL(url).pathname) && !/[?#]/.test(url)),
    { error: "must have no path: Inlet needs a host of its own" },
  )
  .transform((url) => new URL(url).origin);

const captureHostSchema = z
  .string()
  .regex(/^\*(\.[a-z0-9-]+)+$/i, "must be a wildcard host, as in *.hooks.example.com")
  .transform((host) => host.slice(1).toLowerCase());

const issuerSchema = z
  .url({
    protocol: /^https?$/,
    error: "must be the provider's issuer URL, as in https://accounts.example.com",
  })
  .refine(
    (url) =>
      !URL.canParse(url) ||
      new URL(url).protocol === "https:" ||
      /^(localhost|127\.[\d.]+|\[::1\])$/.test(new URL(url).hostname),
    { error: "must be https, unless the provider is on a loopback address" },
  );

/** `ann@example.com, @example.org`: whole addresses, and domains. */
const emailsSchema = z.string().transform((value, context) => {
  const entries = value.split(",").map((entry) => entry.trim().toLowerCase());
  if (entries.every((entry) => /^[^\s@]*@[^\s@]+$/.test(entry))) return entries;
  context.addIssue({
    code: "custom",
    message:
      "must be addresses and domains separated by commas, as in ann@example.com, @example.org",
  });
  return z.NEVER;
});

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;

const envSchema = z.object({
  NODE_ENV: z.string().default("production"),
  HOST: z.string().default("127.0.0.1"),
  PORT: count(0, 65_535).default(3000),
  DATABASE_URL: z
    .string()
    .regex(
      /^(file:.+|postgres(ql)?:\/\/.+)$/,
      "must be file:<path> for SQLite or postgresql://<user>@<host>/<database>",
    )
    .default("file:./data/inlet.db"),
  REDIS_URL: z
    .string()
    .refine((url) => /^rediss?:\/\/./.test(url) && URL.canParse(url), {
      error: "must be redis://<host>:<port>, or rediss:// for TLS",
    })
    .optional(),
  CAPTURE_RATE_LIMIT: rateSchema.optional(),
  BIN_RATE_LIMIT: rateSchema.optional(),
  MAX_SOCKETS_PER_ADDRESS: z
    .union([z.literal("off"), count(1, 1_000_000)], {
      error: "must be a whole number from 1 to 1000000, or off",
    })
    .optional(),
  MAX_STORED_BYTES_PER_WORKSPACE: storageSchema.optional(),
  MAX_STORED_BYTES: storageSchema.optional(),
  ALLOW_PRIVATE_TARGETS: privateTargetsSchema.optional(),
  PUBLIC_URL: publicUrlSchema.optional(),
  CAPTURE_HOST: captureHostSchema.optional(),
  TRUST_PROXY: trustProxySchema.optional(),
  INSTANCE_PASSWORD: z.string().min(8, "must have at least 8 characters").optional(),
  OIDC_ISSUER: issuerSchema.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  OIDC_CLIENT_SECRET: z.string().optional(),
  OIDC_SCOPES: z
    .string()
    .regex(/(^| )openid( |$)/, "must be scopes separated by spaces, openid among them")
    .default("openid profile email"),
  OIDC_ALLOWED_EMAILS: emailsSchema.optional(),
  AUTH_HEADER: z
    .string()
    .regex(/^[\w-]+$/, "must be the name of a header, as in X-Forwarded-User")
    .transform((name) => name.toLowerCase())
    .optional(),
  MAX_BODY_BYTES: sizeSchema(128 * UNITS.MiB).default(10 * UNITS.MiB),
  MAX_CAPTURES_PER_BIN: count(1, 100_000_000).default(10_000),
  BIN_TTL_DAYS: count(1, 36_500).default(30),
  LOG_LEVEL: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(", ")}` })
    .default("info"),
});

export type Env = z.infer<typeof envSchema>;

/** What was wrong with the environment, in one line that names every bad setting. */
export class EnvError extends Error {
  override readonly name = "EnvError";
}

const SIGN_IN_WAYS = ["INSTANCE_PASSWORD", "OIDC_ISSUER", "AUTH_HEADER"] as const;
const OIDC_SETTINGS = ["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"] as const;

/** What is wrong with the settings of signing in taken together, as `NAME must …`. */
function signInFaults(set: Record<string, string>): string[] {
  const faults: string[] = [];
  const [first, second] = SIGN_IN_WAYS.filter((name) => name in set);
  if (first && second) {
    faults.push(`${second} is a second way to sign in beside ${first}: set one of them`);
  }
  const missing = OIDC_SETTINGS.find((name) => !(name in set));
  const given = Object.keys(set).find((name) => name.startsWith("OIDC_"));
  if (given && missing) faults.push(`${missing} must be set too, because ${given} is`);
  // As a number it believes whoever connects, and would let anybody say who they are.
  if ("AUTH_HEADER" in set && /^\d*$/.test(set.TRUST_PROXY ?? "")) {
    faults.push(
      "AUTH_HEADER must come with TRUST_PROXY as the proxy's addresses: only from there it is believed",
    );
  }
  return faults;
}

/**
 * Parses the settings. A blank value means unset.
 *
 * @throws EnvError
 */
export function parseEnv(variables: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(
    Object.entries(variables).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1].trim() !== "",
    ),
  );
  const parsed = envSchema.safeParse(set);
  const faults = signInFaults(set);
  if (parsed.success && faults.length === 0) return parsed.data;
  const issues = parsed.error?.issues ?? [];
  const lines = issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new EnvError([...lines, ...faults].join("; "));
}

/** The process's own environment: read here and nowhere else. */
export function readEnv(): Env {
  return parseEnv(process.env);
}
