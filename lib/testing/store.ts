import { randomInt, randomUUID } from "node:crypto";
import { BIN_ID_ALPHABET, BIN_ID_LENGTH } from "../contract/ids.ts";
import type { NewCapture } from "../contract/new-capture.ts";
import type { RetentionOptions } from "../store/retention.ts";
import { openStore, type Store } from "../store/store.ts";

export type TestStore = Store & {
  trimmed: [binId: string, seq: number][];
  expired: string[];
  errors: unknown[];
  /** Every capture that can be read, oldest first. */
  all(
    binId: string,
  ): ReturnType<Store["pageOfCaptures"]> extends Promise<infer Page>
    ? Promise<Page extends { captures: infer Captures } ? Captures : never>
    : never;
  newBin(): Promise<string>;
};

export async function openTestStore(
  databaseUrl: string,
  options: Partial<RetentionOptions> = {},
): Promise<TestStore> {
  const trimmed: TestStore["trimmed"] = [];
  const expired: string[] = [];
  const errors: unknown[] = [];
  const store = await openStore({
    databaseUrl,
    maxCapturesPerBin: 10_000,
    binTtlDays: 30,
    now: () => new Date(),
    onTrimmed: (binId, seq) => trimmed.push([binId, seq]),
    onExpired: (binId) => expired.push(binId),
    onError: (error) => errors.push(error),
    ...options,
  });
  return {
    ...store,
    trimmed,
    expired,
    errors,
    all: async (binId) =>
      (await store.pageOfCaptures(binId, { limit: 100_000, after: 0 })).captures,
    async newBin() {
      const workspaceId = randomUUID();
      const createdAt = options.now?.() ?? new Date();
      await store.write("createWorkspace", { id: workspaceId, createdAt, tokens: [] });
      const id = newBinId();
      await store.write("createBin", { id, workspaceId, name: null, reply: null, createdAt });
      return id;
    },
  };
}

export function newBinId(): string {
  return Array.from({ length: BIN_ID_LENGTH }, () =>
    BIN_ID_ALPHABET.charAt(randomInt(BIN_ID_ALPHABET.length)),
  ).join("");
}

export function newCapture(binId: string, change: Partial<NewCapture> = {}): NewCapture {
  return {
    id: randomUUID(),
    binId,
    receivedAt: new Date().toISOString(),
    method: "POST",
    target: `/in/${binId}`,
    path: "/",
    query: null,
    httpVersion: "1.1",
    contentType: null,
    remoteIp: "127.0.0.1",
    tls: false,
    declaredSize: null,
    truncated: false,
    problem: null,
    problemDetail: null,
    readMs: 0,
    rawHeaders: ["Host", "localhost"],
    rawTrailers: [],
    body: Buffer.from("{}"),
    ...change,
  };
}

export function newCaptures(binId: string, count: number, change?: Partial<NewCapture>) {
  return Array.from({ length: count }, () => newCapture(binId, change));
}

/** 1, 2, 3 … `count`. */
export const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
