import pino from "pino";
import { expect } from "vitest";
import { createdBinSchema } from "#lib/contract/bin.ts";
import { type ErrorCode, PROBLEM_CONTENT_TYPE, problemSchema } from "#lib/contract/problem.ts";
import { createApi } from "./app.ts";
import { MEMORY_ORIGIN, memoryRuntime } from "./memory-runtime.ts";

export const OWN_ORIGIN = MEMORY_ORIGIN;

/** Somebody with a workspace and one bin in it. */
export type Owner = {
  binId: string;
  /** Headers of a call with the workspace's token, or with its cookie. */
  bearer: Record<string, string>;
  cookie: Record<string, string>;
};

export type Call = { headers?: Record<string, string>; json?: unknown; body?: BodyInit };

export function startApi() {
  const logged: string[] = [];
  const log = pino({ level: "info" }, { write: (line: string) => void logged.push(line) });
  const { runtime, addCapture } = memoryRuntime(log);
  const api = createApi(() => runtime);

  function call(method: string, path: string, { headers, json, body }: Call = {}) {
    const request = new Request(`${OWN_ORIGIN}/api/v1${path}`, {
      method,
      headers: {
        host: new URL(OWN_ORIGIN).host,
        ...(json !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      body: json === undefined ? body : JSON.stringify(json),
      // Node wants to be told that it need not wait for the answer before it sends a stream.
      ...({ duplex: "half" } as RequestInit),
    });
    return api(request);
  }

  async function newOwner(): Promise<Owner> {
    const response = await call("POST", "/bins");
    const { id, token } = createdBinSchema.parse(await response.json());
    const cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    return { binId: id, bearer: { authorization: `Bearer ${token}` }, cookie: { cookie } };
  }

  return { call, newOwner, runtime, logged, capture: addCapture };
}

/** Asserts that a response is a whole problem of this code, and returns it. */
export async function expectProblem(response: Response, code: ErrorCode) {
  expect(response.headers.get("content-type")).toBe(PROBLEM_CONTENT_TYPE);
  const problem = problemSchema.parse(await response.json());
  expect(problem).toMatchObject({ code, type: "about:blank", status: response.status });
  expect(problem.requestId).toBe(response.headers.get("x-request-id"));
  return problem;
}
