import { describe, expect, test } from "vitest";
import { REQUEST_BODY_MAX_BYTES } from "./request-body.ts";
import { type Call, expectProblem, startApi } from "./testing.ts";

const api = await startApi();

async function refuses(body: Call, code: Parameters<typeof expectProblem>[1]) {
  const response = await api.call("POST", "/bins", body);
  expect(response.headers.getSetCookie()).toEqual([]);
  return expectProblem(response, code);
}

/** The rest is about this answer alone, or about how it is transferred. */
const SAME_FOR_HEAD = [
  "cache-control",
  "content-disposition",
  "content-security-policy",
  "content-type",
  "x-content-type-options",
];

function json(body: BodyInit): Call {
  return { body, headers: { "content-type": "application/json" } };
}

describe("bodies", () => {
  test.each([
    ["no body", {}],
    ["no body, but a type", { headers: { "content-type": "text/plain" } }],
    ["an empty body", json("")],
    [
      "a parameter on the type",
      { body: "{}", headers: { "content-type": "application/json; charset=utf-8" } },
    ],
    [
      "a JSON-based type",
      { body: "{}", headers: { "content-type": "application/merge-patch+json" } },
    ],
  ])("takes %s", async (_name, body: Call) => {
    expect((await api.call("POST", "/bins", body)).status).toBe(201);
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])(
    "refuses the type %j",
    async (type) => {
      const { detail } = await refuses(
        { body: Buffer.from("{}"), headers: { "content-type": type } },
        "unsupported_media_type",
      );
      expect(detail).toContain("application/json");
    },
  );

  test("refuses one that is too large", async () => {
    const large = "{}".padEnd(REQUEST_BODY_MAX_BYTES + 1);
    await refuses(json(large), "payload_too_large");
  });

  test("takes one that just fits", async () => {
    const fitting = "{}".padEnd(REQUEST_BODY_MAX_BYTES);
    expect((await api.call("POST", "/bins", json(fitting))).status).toBe(201);
  });

  test("says where JSON is broken", async () => {
    const long = `{"name": "${"x".repeat(60)}", }`;
    const { detail } = await refuses(json(long), "invalid_request");
    expect(detail).toContain(`position ${long.length - 1}`);
    expect((await refuses(json("{"), "invalid_request")).detail).toContain("position 1");
    expect(
      (await refuses(json(Buffer.from([0x22, 0xff, 0x22])), "invalid_request")).detail,
    ).toContain("UTF-8");
  });

  test.each([
    [[], "body", "must be an object, not an array"],
    [null, "body", "must be an object, not null"],
    [{ name: 1 }, "name", "must be a string, not a number"],
    [{ name: " " }, "name", "must have at least 1 character"],
    [{ name: "x".repeat(101) }, "name", "must have at most 100 characters"],
    [{ names: "x" }, "names", "is not known here: remove it"],
    [{ reply: { status: 99 } }, "reply.status", "must be at least 200"],
    [{ reply: { status: 200.5 } }, "reply.status", "must be a whole number"],
    [{ reply: { status: "200" } }, "reply.status", "must be a number, not a string"],
    [{ reply: { headers: {} } }, "reply.headers", "must be an array, not an object"],
    [{ reply: { headers: [["X-A"]] } }, "reply.headers.0", "must have at least 2 items"],
    [
      {
        reply: {
          headers: [
            ["X-A", "1"],
            ["A B", "1"],
          ],
        },
      },
      "reply.headers.1.0",
      "a header name has only letters, digits and !#$%&'*+-.^_`|~",
    ],
    [
      { reply: { headers: [["Date", "1"]] } },
      "reply.headers.0.0",
      "Date is set by the server, it cannot be part of a reply",
    ],
    [
      { reply: { status: 204, body: "x" } },
      "reply.body",
      "a reply with status 204, 205 or 304 has no body: empty it, or choose another status",
    ],
  ])("refuses %j and names the field", async (input, field, message) => {
    const { errors, detail } = await refuses({ json: input }, "invalid_request");
    expect(errors).toEqual([{ field, message }]);
    expect(detail).toContain(message);
  });

  test("names each of several fields, up to a bound", async () => {
    const { errors } = await refuses({ json: { name: 1, a: 1, b: 1 } }, "invalid_request");
    expect(errors?.map(({ field }) => field)).toEqual(["name", "a", "b"]);
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`key${at}`, at]));
    expect((await refuses({ json: many }, "invalid_request")).errors).toHaveLength(20);
  });
});

describe("paths and methods", () => {
  test.each(["", "/nothing", "/bins/a/b/c", "/captures"])("%j is no call", async (path) => {
    const { detail } = await expectProblem(await api.call("GET", path), "not_found");
    expect(detail).toContain("/api/v1/openapi.json");
  });

  test.each([
    ["PUT", "/bins", "POST, GET, HEAD, OPTIONS"],
    ["POST", "/bins/k3v9q0w2m4x7z1a8b5c6", "GET, PATCH, DELETE, HEAD, OPTIONS"],
    ["POST", "/captures/x/body", "GET, HEAD, OPTIONS"],
    ["DELETE", "/openapi.json", "GET, HEAD, OPTIONS"],
  ])("%s %s is not allowed", async (method, path, allow) => {
    const response = await api.call(method, path);
    expect(response.headers.get("allow")).toBe(allow);
    await expectProblem(response, "method_not_allowed");
  });

  test("OPTIONS says what is allowed and offers no CORS", async () => {
    const headers = { origin: "https://elsewhere.example", "access-control-request-method": "GET" };
    const response = await api.call("OPTIONS", "/bins", { headers });
    expect(response.status).toBe(204);
    expect(response.headers.get("allow")).toBe("POST, GET, HEAD, OPTIONS");
    expect(
      [...response.headers.keys()].filter((name) => name.startsWith("access-control")),
    ).toEqual([]);
  });

  test("HEAD answers like GET, without a body", async () => {
    const owner = await api.newOwner();
    const headers = owner.bearer;
    const capture = await api.capture(owner, Buffer.from("hello"));
    for (const path of [`/bins/${owner.binId}`, `/captures/${capture.id}/body`, "/nothing"]) {
      const [get, head] = await Promise.all([
        api.call("GET", path, { headers }),
        api.call("HEAD", path, { headers }),
      ]);
      expect(head.status).toBe(get.status);
      expect(await head.text()).toBe("");
      for (const name of SAME_FOR_HEAD) {
        expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)]);
      }
    }
  });
});

describe("answers", () => {
  test("each have an id of their own and are not stored", async () => {
    const ids = new Set<string | null>();
    const { bearer: headers } = await api.newOwner();
    for (const path of ["/bins", "/openapi.json", "/nothing"]) {
      // A caller's own id is not taken over: it could be anything.
      const response = await api.call("GET", path, {
        headers: { ...headers, "x-request-id": "mine" },
      });
      expect(response.headers.get("cache-control")).toBe("no-store");
      expect(response.headers.get("x-content-type-options")).toBe("nosniff");
      expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      ids.add(response.headers.get("x-request-id"));
    }
    expect(ids.size).toBe(3);
  });
});
