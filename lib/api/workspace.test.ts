import { describe, expect, test } from "vitest";
import { DEVICE_LINKS_MAX } from "#lib/contract/limits.ts";
import { createdShareSchema } from "#lib/contract/share.ts";
import { browserListSchema } from "#lib/contract/token.ts";
import {
  createdDeviceLinkSchema,
  deviceLinkSchema,
  inventorySchema,
  workspaceSchema,
} from "#lib/contract/workspace.ts";
import { connectLive } from "#lib/testing/live-client.ts";
import { expectProblem, type Owner, startApi } from "./testing.ts";

const api = await startApi();

type Headers = Record<string, string>;

const getWorkspace = async (headers: Headers) =>
  workspaceSchema.parse(await (await api.call("GET", "/workspace", { headers })).json());

const countBrowsers = async (headers: Headers) => {
  const response = await api.call("GET", "/workspace/browsers", { headers });
  return browserListSchema.parse(await response.json()).browsers.length;
};

async function newLink({ bearer }: Owner) {
  const response = await api.call("POST", "/workspace/device-links", { headers: bearer });
  expect(response.status).toBe(201);
  const { url, ...link } = createdDeviceLinkSchema.parse(await response.json());
  return { ...link, secret: /\/open\/([\w-]{24})$/.exec(url)![1]! };
}

const open = (secret: string, headers: Headers = {}) =>
  api.call("POST", `/device-links/${secret}`, { headers });

const cookieOf = (response: Response): Headers => ({
  cookie: response.headers.getSetCookie()[0]!.split(";")[0]!,
});

test("a workspace is named, counted, and its name taken back", async () => {
  const owner = await api.newOwner();
  await api.capture(owner, Buffer.from("x"));
  expect(await getWorkspace(owner.bearer)).toMatchObject({
    name: null,
    binCount: 1,
    captureCount: 1,
  });
  for (const [name, expected] of [
    [" Team ünï ", "Team ünï"],
    [null, null],
  ]) {
    const input = { headers: owner.bearer, json: { name } };
    const response = await api.call("PATCH", "/workspace", input);
    expect(await response.json()).toMatchObject({ name: expected });
    expect(await getWorkspace(owner.cookie)).toMatchObject({ name: expected });
  }
  for (const name of ["", " ", "x".repeat(101), "\0", 7]) {
    const response = await api.call("PATCH", "/workspace", {
      headers: owner.bearer,
      json: { name },
    });
    const { errors } = await expectProblem(response, "invalid_request");
    expect(errors?.[0]?.field).toBe("name");
  }
});

describe("a link to another device", () => {
  test("opens the workspace in one more browser, and then nothing", async () => {
    const owner = await api.newOwner();
    const link = await newLink(owner);
    expect(Date.parse(link.expiresAt) - Date.parse(link.createdAt)).toBe(600_000);
    const opened = await open(link.secret);
    expect(opened.status).toBe(200);
    const device = cookieOf(opened);
    expect((await api.call("GET", `/bins/${owner.binId}`, { headers: device })).status).toBe(200);
    expect(await countBrowsers(device)).toBe(2);
    const again = await expectProblem(await open(link.secret), "gone");
    expect(again.detail).toMatch(/^This link was used/);
    const path = `/workspace/device-links/${link.id}`;
    const { usedAt } = deviceLinkSchema.parse(
      await (await api.call("GET", path, { headers: owner.bearer })).json(),
    );
    expect(usedAt).not.toBeNull();
    await expectProblem(await api.call("DELETE", path, { headers: owner.bearer }), "not_found");
  });

  test("is not used up by being looked at, nor by a page of another origin", async () => {
    const { secret } = await newLink(await api.newOwner());
    for (const method of ["GET", "HEAD", "GET"]) {
      const page = await fetch(`${api.origin}/open/${secret}`, { method });
      expect(page.status).toBe(200);
      expect(page.headers.getSetCookie()).toEqual([]);
      expect(page.headers.get("referrer-policy")).toBe("no-referrer");
      expect(page.headers.get("cache-control")).toContain("no-store");
    }
    await expectProblem(await open(secret, { origin: "https://evil.test" }), "forbidden_origin");
    expect((await open(secret)).status).toBe(200);
  });

  test("stays good when a browser opens it that has the workspace already", async () => {
    const owner = await api.newOwner();
    const { secret } = await newLink(owner);
    const own = await open(secret, owner.cookie);
    expect([own.status, own.headers.getSetCookie()]).toEqual([200, []]);
    expect((await open(secret)).status).toBe(200);
  });

  test("takes a browser out of the workspace that it had, whose bins stay", async () => {
    const [owner, other] = [await api.newOwner(), await api.newOwner()];
    const { secret } = await newLink(owner);
    const opened = await open(secret, other.cookie);
    const listed = await api.call("GET", "/bins", { headers: cookieOf(opened) });
    expect(await listed.json()).toMatchObject({ bins: [{ id: owner.binId }] });
    expect((await api.call("GET", "/bins", { headers: other.cookie })).status).toBe(401);
    const kept = await api.call("GET", `/bins/${other.binId}`, { headers: other.bearer });
    expect(kept.status).toBe(200);
    expect(await countBrowsers(other.bearer)).toBe(0);
  });

  test("opens nothing once it is cancelled, and of a few at a time", async () => {
    const owner = await api.newOwner();
    const link = await newLink(owner);
    const path = `/workspace/device-links/${link.id}`;
    expect((await api.call("DELETE", path, { headers: owner.bearer })).status).toBe(204);
    await expectProblem(await open(link.secret), "not_found");
    for (let i = 0; i < DEVICE_LINKS_MAX; i++) await newLink(owner);
    const refused = await api.call("POST", "/workspace/device-links", { headers: owner.bearer });
    await expectProblem(refused, "invalid_request");
  });
});

describe("leaving", () => {
  test("ends this browser's cookie alone, and takes it out of the browser", async () => {
    const owner = await api.newOwner();
    const response = await api.call("POST", "/workspace/leave", { headers: owner.cookie });
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toMatch(/^inlet=; .*Max-Age=0/);
    expect((await api.call("GET", "/bins", { headers: owner.cookie })).status).toBe(401);
    expect((await api.call("GET", "/bins", { headers: owner.bearer })).status).toBe(200);
  });

  test("with a token revokes that token, and sets no cookie", async () => {
    const owner = await api.newOwner();
    const response = await api.call("POST", "/workspace/leave", { headers: owner.bearer });
    expect([response.status, response.headers.getSetCookie()]).toEqual([204, []]);
    expect((await api.call("GET", "/bins", { headers: owner.bearer })).status).toBe(401);
    expect((await api.call("GET", "/bins", { headers: owner.cookie })).status).toBe(200);
  });
});

describe("deleting everything", () => {
  test("is preceded by a list of it", async () => {
    const owner = await api.newOwner();
    const { id } = await api.capture(owner, Buffer.from("12345"));
    const headers = owner.bearer;
    await api.call("POST", `/captures/${id}/shares`, { headers, json: {} });
    await api.call("POST", `/captures/${id}/resend`, {
      headers,
      json: { url: `${api.origin}/healthz` },
    });
    const response = await api.call("GET", "/workspace/inventory", { headers });
    const inventory = inventorySchema.parse(await response.json());
    expect(inventory).toMatchObject({
      bins: [{ id: owner.binId, name: null, captureCount: 1, deliveryCount: 1, linkCount: 1 }],
      tokenCount: 1,
      browserCount: 1,
    });
    expect(inventory.bins[0]!.byteCount).toBeGreaterThanOrEqual(5);
  });

  test("leaves nothing that can be read, sent to, watched or opened", async () => {
    const [owner, other] = [await api.newOwner(), await api.newOwner()];
    const { id } = await api.capture(owner, Buffer.from("x"));
    const shared = await api.call("POST", `/bins/${owner.binId}/shares`, {
      headers: owner.bearer,
      json: {},
    });
    const share = new URL(createdShareSchema.parse(await shared.json()).url).pathname.slice(3);
    const { secret } = await newLink(owner);
    const token = owner.bearer.authorization!.slice("Bearer ".length);
    const watcher = await connectLive(api.server, { token });
    await watcher.watch(owner.binId, null);
    const reader = await connectLive(api.server, { share });

    const response = await api.call("DELETE", "/workspace", { headers: owner.cookie });
    expect(response.status).toBe(204);
    expect(response.headers.getSetCookie()[0]).toMatch(/^inlet=; .*Max-Age=0/);
    await expect.poll(() => watcher.socket.connected).toBe(false);
    for (const headers of [owner.bearer, owner.cookie]) {
      for (const path of ["/bins", "/workspace", `/captures/${id}`]) {
        expect((await api.call("GET", path, { headers })).status).toBeGreaterThanOrEqual(401);
      }
    }
    expect((await fetch(`${api.origin}/in/${owner.binId}`)).status).toBe(404);
    expect([404, 410]).toContain((await api.call("GET", `/shared/${share}`)).status);
    expect(await reader.watch(owner.binId, null)).toMatchObject({ ok: false });
    await expectProblem(await open(secret), "not_found");
    expect((await api.call("GET", "/bins", { headers: other.bearer })).status).toBe(200);
  });
});
