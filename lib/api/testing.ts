import { afterAll, expect } from "vitest";
import { createdBinSchema } from "#lib/contract/bin.ts";
import { capturePageSchema } from "#lib/contract/capture.ts";
import { type ErrorCode, PROBLEM_CONTENT_TYPE, problemSchema } from "#lib/contract/problem.ts";
import { startServer } from "#lib/testing/server.ts";

/** Somebody with a workspace and one bin in it. */
export type Owner = {
  binId: string;
  /** Headers of a call with the workspace's token, or with its cookie. */
  bearer: Record<string, string>;
  cookie: Record<string, string>;
};

export type Call = { headers?: Record<string, string>; json?: unknown; body?: BodyInit };

/** What goes over the wire for a call. */
export function requestInit(method: string, { headers, json, body }: Call): RequestInit {
  return {
    method,
    headers: { ...(json !== undefined && { "content-type": "application/json" }), ...headers },
    body: json === undefined ? body : JSON.stringify(json),
    redirect: "manual",
    // Node wants to be told that it need not wait for the answer before it sends a stream.
    ...{ duplex: "half" },
  };
}

/** The API of a server of its own, with a new database. To be called once in a test file. */
export async function startApi(env: Record<string, string> = {}) {
  const server = await startServer(env);
  afterAll(() => server.stop());
  const call = (method: string, path: string, options: Call = {}) =>
    fetch(`${server.url}/api/v1${path}`, requestInit(method, options));

  return {
    call,
    origin: server.url,
    server,
    async newOwner(): Promise<Owner> {
      const response = await call("POST", "/bins");
      const { id, token } = createdBinSchema.parse(await response.json());
      const cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
      return { binId: id, bearer: { authorization: `Bearer ${token}` }, cookie: { cookie } };
    },
    /** Sends a request to the owner's bin and returns what was stored of it. */
    async capture(
      { binId, bearer }: Owner,
      body: Uint8Array,
      { path = "/hook", method = "POST" }: { path?: string; method?: string } = {},
    ) {
      const sent = await fetch(`${server.url}/in/${binId}${path}`, {
        method,
        headers: { "Content-Type": "text/html" },
        body: Buffer.from(body),
      });
      expect(sent.status).toBe(200);
      const list = `/bins/${binId}/captures?limit=1`;
      const page = await (await call("GET", list, { headers: bearer })).json();
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
