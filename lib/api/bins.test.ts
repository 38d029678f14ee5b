import { describe, expect, test } from "vitest";
import { binListSchema, binSchema, createdBinSchema } from "#lib/contract/bin.ts";
import { expectProblem, startApi } from "./testing.ts";

const api = await startApi();

describe("POST /bins", () => {
  test("without credentials makes a workspace, sets its cookie and gives its token once", async () => {
    const response = await api.call("POST", "/bins");
    expect(response.status).toBe(201);
    const bin = createdBinSchema.parse(await response.json());
    expect(response.headers.get("location")).toBe(`/api/v1/bins/${bin.id}`);
    expect(bin).toMatchObject({ name: null, captureCount: 0, storedCount: 0 });
    expect(response.headers.getSetCookie()).toHaveLength(1);
    const headers = { authorization: `Bearer ${bin.token}` };
    const again = await api.call("GET", `/bins/${bin.id}`, { headers });
    expect(await again.json()).not.toHaveProperty("token");
  });

  test("with a token or a cookie adds to that workspace, without a cookie or a token", async () => {
    const owner = await api.newOwner();
    for (const headers of [owner.bearer, { ...owner.cookie, origin: api.origin }]) {
      const response = await api.call("POST", "/bins", { headers, json: { name: "  Stripe " } });
      expect(response.status).toBe(201);
      expect(response.headers.getSetCookie()).toEqual([]);
      const bin = await response.json();
      expect(bin).toMatchObject({ name: "Stripe" });
      expect(bin).not.toHaveProperty("token");
    }
    const list = await api.call("GET", "/bins", { headers: owner.cookie });
    expect(binListSchema.parse(await list.json()).bins).toHaveLength(3);
  });

  test("with a bad token fails and makes nothing", async () => {
    const headers = { authorization: "Bearer nobody" };
    const response = await api.call("POST", "/bins", { headers });
    await expectProblem(response, "unauthorized");
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test("with a reply that this instance refuses makes no workspace", async () => {
    const json = {
      reply: {
        headers: [
          ["X-Fine", "1"],
          ["Set-Cookie", "a=1"],
        ],
      },
    };
    const response = await api.call("POST", "/bins", { json });
    expect(response.headers.getSetCookie()).toEqual([]);
    const { errors } = await expectProblem(response, "invalid_request");
    expect(errors?.map(({ field }) => field)).toEqual(["reply.headers.1.0"]);
  });

  test("completes a partial reply", async () => {
    const response = await api.call("POST", "/bins", { json: { reply: { status: 500 } } });
    expect(createdBinSchema.parse(await response.json()).reply).toEqual({
      status: 500,
      headers: [],
      body: "",
      delayMs: 0,
    });
  });
});

describe("GET /bins", () => {
  test("without credentials says how to get them", async () => {
    const response = await api.call("GET", "/bins");
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    const { detail } = await expectProblem(response, "unauthorized");
    expect(detail).toContain("POST /api/v1/bins");
  });

  test("lists the workspace's own bins", async () => {
    const [owner] = await Promise.all([api.newOwner(), api.newOwner()]);
    const response = await api.call("GET", "/bins", { headers: owner.bearer });
    const { bins } = binListSchema.parse(await response.json());
    expect(bins.map(({ id }) => id)).toEqual([owner.binId]);
  });
});

describe("/bins/{binId}", () => {
  test("is read, changed and deleted", async () => {
    const { binId, bearer: headers } = await api.newOwner();
    const path = `/bins/${binId}`;

    const changed = await api.call("PATCH", path, {
      headers,
      json: { name: "Stripe", reply: { status: 202, headers: [["X-A", "1"]] } },
    });
    expect(binSchema.parse(await changed.json())).toMatchObject({
      name: "Stripe",
      reply: { status: 202, headers: [["X-A", "1"]] },
    });

    await api.call("PATCH", path, { headers, json: { reply: null } });
    const read = await api.call("GET", path, { headers });
    expect(binSchema.parse(await read.json())).toMatchObject({
      name: "Stripe",
      reply: { status: 200, headers: [] },
    });

    const deleted = await api.call("DELETE", path, { headers });
    expect(deleted.status).toBe(204);
    expect(await deleted.text()).toBe("");
    await expectProblem(await api.call("GET", path, { headers }), "not_found");
  });
});
