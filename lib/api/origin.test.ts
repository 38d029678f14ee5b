import { describe, expect, test } from "vitest";
import { expectProblem, startApi } from "./testing.ts";

const api = await startApi();

const FOREIGN: Record<string, string>[] = [
  { origin: "https://elsewhere.example" },
  { origin: "null" },
  { origin: `${api.origin}.elsewhere.example` },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
  { origin: "https://elsewhere.example", "sec-fetch-site": "same-origin" },
];

const OWN: Record<string, string>[] = [
  {},
  { origin: api.origin },
  { origin: api.origin, "sec-fetch-site": "same-origin" },
  { "sec-fetch-site": "same-origin" },
  { "sec-fetch-site": "none" },
];

describe.each(FOREIGN)("a page that sends %j", (page) => {
  test("cannot change anything with the cookie", async () => {
    const owner = await api.newOwner();
    const { binId, cookie, bearer } = owner;
    const { id } = await api.capture(owner, Buffer.from("hello"));
    const headers = { ...cookie, ...page };
    const calls: [string, string, unknown?][] = [
      ["POST", "/bins", {}],
      ["PATCH", `/bins/${binId}`, { name: "taken" }],
      ["DELETE", `/bins/${binId}`],
      ["DELETE", `/bins/${binId}/captures`],
      ["PATCH", `/captures/${id}`, { note: "taken" }],
      ["DELETE", `/captures/${id}`],
    ];
    for (const [method, path, json] of calls) {
      await expectProblem(await api.call(method, path, { headers, json }), "forbidden_origin");
    }
    const bin = await api.call("GET", `/bins/${binId}`, { headers: bearer });
    expect(await bin.json()).toMatchObject({ name: null, storedCount: 1 });
    const capture = await api.call("GET", `/captures/${id}`, { headers: bearer });
    expect(await capture.json()).toMatchObject({ note: null });
  });

  test("gets no workspace", async () => {
    for (const headers of [page, { ...page, cookie: "inlet=stale" }]) {
      const response = await api.call("POST", "/bins", { headers });
      expect(response.headers.getSetCookie()).toEqual([]);
      await expectProblem(response, "forbidden_origin");
    }
  });

  test("can read: the browser shows it nothing of the answer", async () => {
    const { binId, cookie } = await api.newOwner();
    const headers = { ...cookie, ...page };
    for (const method of ["GET", "HEAD"]) {
      expect((await api.call(method, `/bins/${binId}`, { headers })).status).toBe(200);
    }
  });

  test("is not asked where it comes from when it has a token", async () => {
    const { binId, bearer, cookie } = await api.newOwner();
    const headers = { ...bearer, ...cookie, ...page };
    const response = await api.call("PATCH", `/bins/${binId}`, { headers, json: { name: "mine" } });
    expect(response.status).toBe(200);
  });
});

test.each(OWN)("a page or program that sends %j can use the cookie", async (page) => {
  const { binId, cookie } = await api.newOwner();
  const headers = { ...cookie, ...page };
  const response = await api.call("PATCH", `/bins/${binId}`, { headers, json: { name: "mine" } });
  expect(response.status).toBe(200);
});

test("with token and cookie, the token decides", async () => {
  const [owner, other] = [await api.newOwner(), await api.newOwner()];
  const headers = { ...owner.cookie, ...other.bearer };
  await expectProblem(await api.call("GET", `/bins/${owner.binId}`, { headers }), "not_found");
  const bad = { ...owner.cookie, authorization: "Bearer nobody" };
  await expectProblem(
    await api.call("GET", `/bins/${owner.binId}`, { headers: bad }),
    "unauthorized",
  );
});
