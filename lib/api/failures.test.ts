import pino from "pino";
import { describe, expect, test } from "vitest";
import { AppError } from "#lib/errors.ts";
import type { Runtime } from "#lib/runtime.ts";
import { createApi } from "./app.ts";
import { REQUEST_BODY_MAX_BYTES } from "./request-body.ts";
import { type Call, expectProblem, requestInit } from "./testing.ts";

// What a real server cannot be made to do at will: parts that fail, and bodies that break off. So
// these call the API's function itself, on a runtime that has the one part which is to fail.

const nobody: Runtime["access"]["identify"] = async () => null;

function callOn(parts: { [Part in keyof Runtime]?: Partial<Runtime[Part]> }) {
  const api = createApi(() => ({ access: { identify: nobody }, ...parts }) as Runtime);
  return (method: string, path: string, call: Call = {}) =>
    api(new Request(`http://inlet.test/api/v1${path}`, requestInit(method, call)));
}

function logger() {
  const lines: Record<string, unknown>[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}

describe("a body", () => {
  const call = callOn({});
  const post = (body: BodyInit, headers = {}) =>
    call("POST", "/bins", { body, headers: { "content-type": "application/json", ...headers } });

  test("that says it is too large is not read", async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("read")) });
    const response = await post(body, { "content-length": `${REQUEST_BODY_MAX_BYTES + 1}` });
    await expectProblem(response, "payload_too_large");
  });

  test("that turns out too large is not read to its end", async () => {
    const chunks = Array.from({ length: 64 }, () => new Uint8Array(64 * 1024));
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        const chunk = chunks[sent];
        sent += 1;
        if (chunk) controller.enqueue(chunk);
        else controller.close();
      },
    });
    await expectProblem(await post(body), "payload_too_large");
    expect(sent).toBeLessThan(20);
  });

  test("that breaks off is the caller's mistake", async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("reset")) });
    const { detail } = await expectProblem(await post(body), "invalid_request");
    expect(detail).toContain("broke off");
  });
});

test.each(["short", "UPPERCASE12345678901", "%00%00", "k3v9q0w2m4x7z1a8b5c6%0a"])(
  "an id like %j never reaches the database",
  async (id) => {
    const asked = async () => {
      throw new Error("asked for it");
    };
    const call = callOn({ bins: { get: asked }, captures: { get: asked } });
    await expectProblem(await call("GET", `/bins/${id}`), "not_found");
    await expectProblem(await call("GET", `/captures/${id}`), "not_found");
  },
);

test.each([
  ["an Error", new Error("secret detail")],
  ["a string", "secret detail"],
  ["nothing", undefined],
])("where a defect throws %s the answer says nothing of it, the log all", async (_name, thrown) => {
  const { log, lines } = logger();
  const identify = async () => {
    throw thrown;
  };
  const response = await callOn({ log, access: { identify } })("GET", "/bins");
  const text = await response.clone().text();
  const { requestId } = await expectProblem(response, "internal");
  expect(text).not.toContain("secret");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ level: 50, requestId });
  if (thrown) expect(JSON.stringify(lines)).toContain("secret detail");
});

test("where the database is away the answer says when to try again", async () => {
  const { log } = logger();
  const identify = async () => {
    throw new AppError("unavailable", "The database does not answer. Try again soon.");
  };
  const response = await callOn({ log, access: { identify } })("GET", "/bins");
  expect(response.headers.get("retry-after")).toBe("1");
  await expectProblem(response, "unavailable");
});
