import { randomBytes, randomUUID } from "node:crypto";
import type { Logger } from "pino";
import type { Bin } from "#lib/contract/bin.ts";
import type { Capture, Summary } from "#lib/contract/capture.ts";
import { DEFAULT_REPLY } from "#lib/contract/reply.ts";
import { AppError, notFound } from "#lib/errors.ts";
import type { Runtime } from "#lib/runtime.ts";

type Visitor = NonNullable<Awaited<ReturnType<Runtime["access"]["identify"]>>>;
type StoredBin = { workspaceId: string; bin: Bin; captures: { capture: Capture; body: Buffer }[] };

export const MEMORY_ORIGIN = "http://localhost:3000";

/** A `Runtime` without a disk, to test what lies above it. */
export function memoryRuntime(log: Logger) {
  const tokens = new Map<string, string>();
  const bins = new Map<string, StoredBin>();

  function theBin(visitor: Visitor | null, binId: string): StoredBin {
    const found = bins.get(binId);
    if (!found || found.workspaceId !== visitor?.workspaceId) throw notFound("bin");
    return found;
  }

  function theCapture(visitor: Visitor | null, id: string) {
    for (const { workspaceId, captures } of bins.values()) {
      const found = captures.find(({ capture }) => capture.id === id);
      if (found && workspaceId === visitor?.workspaceId) return found;
    }
    throw notFound("capture");
  }

  const runtime: Runtime = {
    log,
    access: {
      async identify({ authorization, cookie }) {
        if (authorization) {
          const workspaceId = tokens.get(authorization.replace(/^Bearer /, ""));
          if (!workspaceId) throw new AppError("unauthorized", "This token opens nothing.");
          return { workspaceId, via: "token" };
        }
        const workspaceId = tokens.get(cookie?.replace(/^inlet=/, "") ?? "");
        return workspaceId ? { workspaceId, via: "cookie" } : null;
      },
      async createWorkspace() {
        const token = randomBytes(16).toString("hex");
        const workspaceId = randomUUID();
        tokens.set(token, workspaceId);
        return {
          visitor: { workspaceId, via: "token" },
          token,
          setCookie: `inlet=${token}; HttpOnly; SameSite=Lax; Path=/`,
        };
      },
      isOwnOrigin: (origin) => origin === MEMORY_ORIGIN,
    },
    bins: {
      async create({ workspaceId }, input) {
        const id = randomBytes(10).toString("hex");
        const now = new Date().toISOString();
        const bin: Bin = {
          id,
          name: input.name ?? null,
          captureUrl: `${MEMORY_ORIGIN}/in/${id}`,
          dashboardUrl: `${MEMORY_ORIGIN}/bins/${id}`,
          captureCount: 0,
          storedCount: 0,
          createdAt: now,
          lastCaptureAt: null,
          expiresAt: now,
          reply: input.reply ?? DEFAULT_REPLY,
        };
        bins.set(id, { workspaceId, bin, captures: [] });
        return bin;
      },
      list: async ({ workspaceId }) =>
        [...bins.values()]
          .filter((stored) => stored.workspaceId === workspaceId)
          .map(({ bin }) => bin)
          .reverse(),
      get: async (visitor, binId) => theBin(visitor, binId).bin,
      async update(visitor, binId, input) {
        const { bin } = theBin(visitor, binId);
        if (input.name !== undefined) bin.name = input.name;
        if (input.reply !== undefined) bin.reply = input.reply ?? DEFAULT_REPLY;
        return bin;
      },
      async delete(visitor, binId) {
        theBin(visitor, binId);
        bins.delete(binId);
      },
    },
    captures: {
      async page(visitor, binId, { limit, before = Number.POSITIVE_INFINITY, after }) {
        const all = theBin(visitor, binId).captures.map(({ capture }) => capture as Summary);
        const matching =
          after === undefined
            ? all.filter(({ seq }) => seq < before).reverse()
            : all.filter(({ seq }) => seq > after);
        return { captures: matching.slice(0, limit), hasMore: matching.length > limit };
      },
      async clear(visitor, binId) {
        theBin(visitor, binId).captures.length = 0;
      },
      get: async (visitor, id) => theCapture(visitor, id).capture,
      body: async (visitor, id) => theCapture(visitor, id),
      async http(visitor, id) {
        const { capture, body } = theCapture(visitor, id);
        const head = [`${capture.method} ${capture.target} HTTP/${capture.httpVersion}`]
          .concat(capture.headers.map((pair) => pair.join(": ")))
          .join("\r\n");
        return { capture, body: Buffer.concat([Buffer.from(`${head}\r\n\r\n`), body]) };
      },
      async update(visitor, id, input) {
        const { capture } = theCapture(visitor, id);
        return Object.assign(capture, input);
      },
      async delete(visitor, id) {
        theCapture(visitor, id);
        for (const stored of bins.values()) {
          stored.captures = stored.captures.filter(({ capture }) => capture.id !== id);
        }
      },
    },
    async checkReady() {},
  };

  function addCapture(binId: string, body: Buffer): Capture {
    const stored = bins.get(binId)!;
    stored.bin.captureCount += 1;
    stored.bin.storedCount += 1;
    const capture: Capture = {
      id: randomUUID(),
      binId,
      seq: stored.bin.captureCount,
      receivedAt: new Date().toISOString(),
      method: "POST",
      path: "/hook",
      query: null,
      contentType: "text/html",
      bodySize: body.byteLength,
      truncated: false,
      problem: null,
      remoteIp: "127.0.0.1",
      note: null,
      starred: false,
      target: `/in/${binId}/hook`,
      httpVersion: "1.1",
      headers: [["content-type", "text/html"]],
      trailers: [],
      text: null,
      declaredSize: body.byteLength,
      problemDetail: null,
      tls: false,
      readMs: 0,
    };
    stored.captures.push({ capture, body });
    return capture;
  }

  return { runtime, addCapture };
}
