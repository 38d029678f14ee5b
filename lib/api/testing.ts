import { mkdtemp, rm } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { afterAll, expect } from "vitest";
import { compose } from "#lib/compose.ts";
import { createdBinSchema } from "#lib/contract/bin.ts";
import { capturePageSchema } from "#lib/contract/capture.ts";
import { type ErrorCode, PROBLEM_CONTENT_TYPE, problemSchema } from "#lib/contract/problem.ts";
import { parseEnv } from "#lib/env.ts";
import { createHttpServer } from "#lib/http-server.ts";
import type { Runtime } from "#lib/runtime.ts";
import { createApi } from "./app.ts";

export const OWN_ORIGIN = "http://inlet.test";

/** Somebody with a workspace and one bin in it. */
export type Owner = {
  binId: string;
  /** Headers of a call with the workspace's token, or with its cookie. */
  bearer: Record<string, string>;
  cookie: Record<string, string>;
};

export type Call = { headers?: Record<string, string>; json?: unknown; body?: BodyInit };

function callerOf(runtime: Runtime) {
  const api = createApi(() => runtime);
  return (method: string, path: string, { headers, json, body }: Call = {}) => {
    const init = {
      method,
      headers: {
        host: new URL(OWN_ORIGIN).host,
        ...(json !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      body: json === undefined ? body : JSON.stringify(json),
      // Node wants to be told that it need not wait for the answer before it sends a stream.
      duplex: "half",
    };
    return api(new Request(`${OWN_ORIGIN}/api/v1${path}`, init));
  };
}

/** The API over a server of its own, on a new database. To be called once in a test file. */
export async function startApi() {
  const folder = await mkdtemp(join(tmpdir(), "inlet-api-"));
  const logged: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line: string) => void logged.push(JSON.parse(line)) });
  const env = parseEnv({ DATABASE_URL: `file:${join(folder, "inlet.db")}` });
  const parts = await compose(env, log, OWN_ORIGIN);
  const pages = { handle() {}, onUpgrade: null };
  const server = createHttpServer(Promise.resolve({ ...parts, pages }));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  afterAll(async () => {
    await new Promise((closed) => server.close(closed).closeAllConnections());
    await parts.close();
    await rm(folder, { recursive: true });
  });
  const { port } = server.address() as AddressInfo;
  const call = callerOf(parts.runtime);

  return {
    call,
    logged,
    /** Calls over the same runtime, where the parts that are given behave otherwise. */
    callerWith(change: (runtime: Runtime) => Partial<Runtime>) {
      return callerOf({ ...parts.runtime, ...change(parts.runtime) });
    },
    async newOwner(): Promise<Owner> {
      const response = await call("POST", "/bins");
      const { id, token } = createdBinSchema.parse(await response.json());
      const cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
      return { binId: id, bearer: { authorization: `Bearer ${token}` }, cookie: { cookie } };
    },
    /** Sends a request to the owner's bin and returns what was stored of it. */
    async capture({ binId, bearer }: Owner, body: Uint8Array) {
      const url = `http://127.0.0.1:${port}/in/${binId}/hook`;
      const headers = { "Content-Type": "text/html" };
      const sent = await fetch(url, { method: "POST", headers, body: Buffer.from(body) });
      expect(sent.status).toBe(200);
      const path = `/bins/${binId}/captures?limit=1`;
      const page = await (await call("GET", path, { headers: bearer })).json();
      return capturePageSchema.parse(page).captures[0]!;
    },
  };
}

/** Asserts that a response is a whole problem of this code, and returns it. */
export async function expectProblem(response: Response, code: ErrorCode) {
  expect(response.headers.get("content-type")).toBe(PROBLEM_CONTENT_TYPE);
  const problem = problemSchema.parse(await response.json());
  expect(problem).toMatchObject({ code, type: "about:blank", status: response.status });
  expect(problem.requestId).toBe(response.headers.get("x-request-id"));
  return problem;
}
