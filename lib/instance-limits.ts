import type { Logger } from "pino";
import type { Visitor } from "./access/access.ts";
import type { Admit } from "./capture/capture.ts";
import type { StorageEvent } from "./contract/events.ts";
import type { Storage } from "./contract/instance-limits.ts";
import type { Rate } from "./contract/rate.ts";
import type { Env } from "./env.ts";
import { AppError } from "./errors.ts";
import { describeWait } from "./limits/describe-wait.ts";
import { networkOf } from "./limits/network-of.ts";
import { type RateLimit, rateLimitHeaders } from "./limits/rate-limit.ts";
import { ownRateLimits, type RateLimits, sharedRateLimits } from "./limits/shared-rate-limits.ts";
import { type StorageUse, storageUse } from "./limits/storage-use.ts";
import type { Limits } from "./runtime.ts";
import type { Store } from "./store/store.ts";

/** Bins on the internet are hammered sooner or later; a developer's own machine is not. */
const PUBLIC_CAPTURE_RATE: Rate = { limit: 100, seconds: 1 };
/** One a minute: many for a person or a test run, few for whoever collects URLs. */
const PUBLIC_BIN_RATE: Rate = { limit: 60, seconds: 3600 };
/** Many tabs of a whole office behind one address. */
const PUBLIC_SOCKETS = 100;
const GIB = 2 ** 30;
const PUBLIC_WORKSPACE_BYTES = GIB;
/** Without any, somebody with many addresses fills the disk, and then nothing works for anybody. */
const PUBLIC_BYTES = 10 * GIB;
/** There is room when somebody has deleted something, which nobody can foresee. */
const FULL_RETRY_SECONDS = 60;

export type InstanceLimits = Limits & {
  /** Null where nothing is limited: the capture path then does not ask. */
  admitCapture: Admit | null;
  /** For what else is limited: counts in Redis where there is one. */
  rates: RateLimits;
  /** Live connections of one address; null for any number. */
  maxSocketsPerAddress: number | null;
  isFull(workspaceId: string): boolean;
  /** The same function, with what it stored taken note of. */
  countStored(append: Store["append"]): Store["append"];
  /** Something of the bin was removed, or the bin. */
  noteRemoved(binId: string): void;
  close(): void;
};

type InstanceLimitsOptions = {
  env: Env;
  log: Logger;
  store: Pick<Store, "storedBytesOfWorkspace" | "storedBytesOfAll" | "write">;
  onStorage(event: StorageEvent): void;
  onError(error: unknown): void;
};

/** What is limited on this instance: everything is off while it serves its own machine alone. */
export function instanceLimits(options: InstanceLimitsOptions): InstanceLimits {
  const { env, log, store } = options;
  const isLoopback = ["127.0.0.1", "::1", "localhost"].includes(env.HOST);
  const rates = env.REDIS_URL
    ? sharedRateLimits({
        redisUrl: env.REDIS_URL,
        onAway: (err) => log.warn({ err }, "Redis does not answer: this node counts for itself"),
        onBack: () => log.info("Redis answers again"),
      })
    : ownRateLimits;

  const setOrDefault = <T>(set: T | "off" | undefined, publicValue: T): T | null => {
    const value = set ?? (isLoopback ? "off" : publicValue);
    return value === "off" ? null : value;
  };
  const captureRate = setOrDefault(env.CAPTURE_RATE_LIMIT, PUBLIC_CAPTURE_RATE);
  const binRate = setOrDefault(env.BIN_RATE_LIMIT, PUBLIC_BIN_RATE);
  const captures = captureRate && rates.of("captures", captureRate);
  const bins = binRate && rates.of("bins", binRate);

  const maxBytesPerWorkspace = setOrDefault<number>(
    env.MAX_STORED_BYTES_PER_WORKSPACE,
    PUBLIC_WORKSPACE_BYTES,
  );
  const maxBytes = setOrDefault<number>(env.MAX_STORED_BYTES, PUBLIC_BYTES);
  const isStorageLimited = maxBytesPerWorkspace !== null || maxBytes !== null;
  const maxSocketsPerAddress = setOrDefault(env.MAX_SOCKETS_PER_ADDRESS, PUBLIC_SOCKETS);
  const use = storageUse({
    maxBytesPerWorkspace,
    maxBytes,
    loadWorkspace: store.storedBytesOfWorkspace,
    loadAll: store.storedBytesOfAll,
    makeRoom: async (workspaceId) => void (await store.write("endUndos", workspaceId)),
    onChanged(binIds, storage) {
      for (const binId of binIds) options.onStorage({ binId, storage });
    },
    onError: options.onError,
  });

  const lookAtBins = async (address: string | null) => {
    if (!bins) return null;
    const { rate, remaining, retryAfterSeconds } = await bins.look(networkOf(address));
    return { ...rate, remaining, resetSeconds: retryAfterSeconds };
  };
  const storage = (visitor: Visitor) => use.get(visitor.workspaceId);

  return {
    rates,
    maxSocketsPerAddress,
    admitCapture: admission(captures, isStorageLimited ? use : null, maxBytesPerWorkspace),
    takeBin: (address) => takeBin(bins, address),
    storage,
    async get(visitor, address) {
      return {
        storage: visitor && (await storage(visitor)),
        capturesPerBin: env.MAX_CAPTURES_PER_BIN,
        captures: captureRate,
        bins: await lookAtBins(address),
        socketsPerAddress: maxSocketsPerAddress,
      };
    },
    isFull: (workspaceId) => isStorageLimited && use.isFull(workspaceId),
    countStored(append) {
      if (!isStorageLimited) return append;
      return async (batch) => {
        const appended = await append(batch);
        for (const [binId, bytes] of appended.storedBytes) use.note(binId, bytes);
        return appended;
      };
    },
    noteRemoved: use.lookAgain,
    close() {
      use.stop();
      rates.close();
    },
  };
}

function admission(
  captures: RateLimit | null,
  use: StorageUse | null,
  maxBytesPerWorkspace: number | null,
): Admit | null {
  if (!captures && !use) return null;
  return async (bin, address) => {
    const full = use?.fullFor(bin);
    if (full) return noRoom(full, maxBytesPerWorkspace);
    const exceeded = captures && (await captures.take(`${bin.id} ${networkOf(address)}`));
    if (!exceeded) return null;
    return {
      code: "rate_limited",
      detail: "The request was not stored: too many came from this address to this bin.",
      retryAfterSeconds: exceeded.retryAfterSeconds,
      headers: rateLimitHeaders("captures", exceeded),
    };
  };
}

/** What a sender is told, which nearly always repeats it later: nothing is lost when room is made. */
function noRoom(full: NonNullable<Storage["full"]>, maxBytesPerWorkspace: number | null) {
  const [what, remedy] =
    full === "workspace"
      ? ["the bin's workspace stores", "its owner has deleted captures or bins"]
      : ["this instance stores", "room was made on it"];
  const policy = '"stored-bytes";q=';
  const headers =
    full === "workspace"
      ? [
          "RateLimit-Policy",
          `${policy}${maxBytesPerWorkspace};qu="content-bytes"`,
          "RateLimit",
          `"stored-bytes";r=0;t=${FULL_RETRY_SECONDS}`,
        ]
      : [];
  return {
    code: "storage_full" as const,
    detail: `The request was not stored: ${what} all that it may. Send it again when ${remedy}.`,
    retryAfterSeconds: FULL_RETRY_SECONDS,
    headers,
  };
}

async function takeBin(bins: RateLimit | null, address: string | null) {
  if (!bins) return {};
  const count = await bins.count(networkOf(address));
  const headers = toRecord(rateLimitHeaders("bins", count));
  if (!count.isExceeded) return headers;
  const { rate, retryAfterSeconds } = count;
  throw new AppError(
    "rate_limited",
    `${rate.limit} bins were made from this address in ${describeWait(rate.seconds)}, which is all ` +
      `that it may make in that time. Try again in ${describeWait(retryAfterSeconds)}, or use a bin that you have.`,
    { headers: { ...headers, "Retry-After": String(retryAfterSeconds) } },
  );
}

function toRecord(headers: string[]): Record<string, string> {
  const pairs = Array.from({ length: headers.length / 2 }, (_, i) =>
    headers.slice(2 * i, 2 * i + 2),
  );
  return Object.fromEntries(pairs);
}
