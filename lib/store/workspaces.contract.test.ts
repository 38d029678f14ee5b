import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newBinId, newCaptures, openTestStore, type TestStore } from "../testing/store.ts";
import { connect, type PrismaClient } from "./connect.ts";
import { parseDatabaseUrl } from "./database-url.ts";

const AT = new Date("2026-03-01T12:00:00.000Z");
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000);

describe.each(PROVIDERS)("workspaces on %s", (provider) => {
  let store: TestStore;
  let reader: PrismaClient;

  beforeAll(async () => {
    const url = await newDatabaseUrl(provider);
    store = await openTestStore(url);
    reader = await connect(parseDatabaseUrl(url), { role: "reader" });
  });
  afterAll(async () => {
    await reader.$disconnect();
    await store.close();
    expect(store.errors).toEqual([]);
  });

  async function newWorkspace() {
    const id = randomUUID();
    await store.write("createWorkspace", { id, createdAt: AT, tokens: [] });
    return id;
  }
  const newToken = (change: object = {}) => ({
    id: randomUUID(),
    kind: "api" as const,
    hash: randomUUID(),
    ...change,
  });
  const newLink = (workspaceId: string, createdAt = AT) => ({
    id: randomUUID(),
    workspaceId,
    hash: randomUUID(),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + 600_000),
  });
  async function newBin(workspaceId: string, name: string | null = null) {
    const id = newBinId();
    await store.write("createBin", { id, workspaceId, name, reply: null, createdAt: new Date() });
    return id;
  }

  test("have a name that can be changed and taken back", async () => {
    const id = await newWorkspace();
    expect(await store.findWorkspace(id)).toEqual({ id, name: null, createdAt: AT });
    await store.write("renameWorkspace", id, "ünï \u{1f375}");
    expect(await store.findWorkspace(id)).toMatchObject({ name: "ünï \u{1f375}" });
    await store.write("renameWorkspace", id, null);
    expect(await store.findWorkspace(id)).toMatchObject({ name: null });
    expect(await store.findWorkspace(randomUUID())).toBeNull();
  });

  describe("a token", () => {
    test("comes back as it was stored, and is listed newest first for its workspace", async () => {
      const id = await newWorkspace();
      const full = newToken({ label: "CI", scope: "read", expiresAt: later(60) });
      const { hash, ...shown } = full;
      const record = { ...shown, workspaceId: id, createdAt: AT, lastUsedAt: null, agent: null };
      expect(await store.write("createToken", id, AT, full, 9)).toEqual(record);
      expect(await store.findToken(hash, "api")).toEqual(record);
      const plain = await store.write("createToken", id, later(1), newToken(), 9);
      expect(plain).toMatchObject({ label: null, scope: "write", expiresAt: null });
      await store.write("createToken", await newWorkspace(), AT, newToken(), 9);
      expect((await store.listTokens(id)).map((token) => token.id)).toEqual([plain!.id, full.id]);
    });

    test("is not made when there are as many of its kind as there may be", async () => {
      const id = await newWorkspace();
      expect(await store.write("createToken", id, AT, newToken(), 1)).not.toBeNull();
      expect(await store.write("createToken", id, AT, newToken(), 1)).toBeNull();
      const browser = newToken({ kind: "browser" });
      expect(await store.write("createToken", id, AT, browser, 1)).not.toBeNull();
    });

    test("is deleted for its own workspace and as what it is alone", async () => {
      const [id, other] = [await newWorkspace(), await newWorkspace()];
      const token = newToken();
      await store.write("createToken", id, AT, token, 9);
      expect(await store.write("deleteToken", other, "api", token.id)).toBe(false);
      expect(await store.write("deleteToken", id, "browser", token.id)).toBe(false);
      expect(await store.write("deleteToken", id, "api", token.id)).toBe(true);
      expect(await store.write("deleteToken", id, "api", token.id)).toBe(false);
      expect(await store.findToken(token.hash, "api")).toBeNull();
    });

    test("keeps when and by what it was last used; one that is gone meanwhile is passed over", async () => {
      const id = await newWorkspace();
      const token = newToken();
      await store.write("createToken", id, AT, token, 9);
      await store.write("noteTokenUses", [
        { id: token.id, lastUsedAt: later(5), agent: "curl/8" },
        { id: randomUUID(), lastUsedAt: later(5), agent: null },
      ]);
      expect(await store.findToken(token.hash, "api")).toMatchObject({
        lastUsedAt: later(5),
        agent: "curl/8",
      });
    });
  });

  describe("a link to another device", () => {
    test("lets one browser in, whoever is first, and no other", async () => {
      const workspaceId = await newWorkspace();
      const link = newLink(workspaceId);
      const { hash, ...shown } = link;
      expect(await store.write("createDeviceLink", link, 9)).toEqual({ ...shown, usedAt: null });
      const browsers = Array.from({ length: 5 }, () => newToken({ kind: "browser" }));
      const uses = browsers.map((one) => store.write("useDeviceLink", link, later(9), one));
      expect((await Promise.all(uses)).filter(Boolean)).toHaveLength(1);
      expect(await store.listTokens(workspaceId)).toHaveLength(1);
      expect(await store.findDeviceLinkByHash(hash)).toMatchObject({ usedAt: later(9) });
      expect(await store.findDeviceLink(link.id)).toEqual({ ...shown, usedAt: later(9) });
    });

    test("lets nobody in once it has expired or is cancelled", async () => {
      const workspaceId = await newWorkspace();
      const [expired, cancelled] = [newLink(workspaceId), newLink(workspaceId)];
      for (const link of [expired, cancelled]) await store.write("createDeviceLink", link, 9);
      const browser = () => newToken({ kind: "browser" });
      expect(await store.write("useDeviceLink", expired, later(600), browser())).toBe(false);
      const other = await newWorkspace();
      expect(await store.write("cancelDeviceLink", other, cancelled.id)).toBe(false);
      expect(await store.write("cancelDeviceLink", workspaceId, cancelled.id)).toBe(true);
      expect(await store.write("useDeviceLink", cancelled, later(1), browser())).toBe(false);
      expect(await store.listTokens(workspaceId)).toEqual([]);
    });

    test("is one of a few, and those that are over make room", async () => {
      const workspaceId = await newWorkspace();
      const first = newLink(workspaceId);
      expect(await store.write("createDeviceLink", first, 1)).not.toBeNull();
      expect(await store.write("createDeviceLink", newLink(workspaceId), 1)).toBeNull();
      const next = newLink(workspaceId, later(600));
      expect(await store.write("createDeviceLink", next, 1)).not.toBeNull();
      expect(await store.findDeviceLink(first.id)).toBeNull();
    });
  });

  describe("all of one", () => {
    test("is counted: what can be read, what was sent again, links, and every byte", async () => {
      const id = await newWorkspace();
      const bin = await newBin(id, "orders");
      await newBin(id);
      const captures = newCaptures(bin, 1_003, { body: Buffer.from("12345") });
      await store.append(captures);
      const expiresAt = new Date(Date.now() + 600_000);
      const deletion = { id: randomUUID(), binId: bin, undo: randomUUID(), expiresAt };
      await store.write("deleteCaptures", deletion, [captures[0]!.id]);
      const delivery = randomUUID();
      const request = { headers: [], body: null } as never;
      await store.write("createDelivery", {
        id: delivery,
        captureId: captures[1]!.id,
        method: "POST",
        url: "https://example.com/",
        startedAt: AT,
        request,
      });
      const end = { state: "succeeded" as const, request, result: {} as never };
      await store.write("finishDelivery", delivery, { ...end, body: Buffer.from("123") });
      const sizes = await store.sizesOfBins(id);
      const stored = await reader.bin.findUnique({ where: { id: bin } });
      expect(sizes).toHaveLength(2);
      expect(sizes).toContainEqual({
        id: bin,
        name: "orders",
        captureCount: 1_002,
        deliveryCount: 1,
        linkCount: 0,
        ruleCount: 0,
        byteCount: Number(stored!.storedBytes),
      });
      expect(stored!.storedBytes).toBeGreaterThan(1_003 * 5);
      expect(sizes.map(({ captureCount }) => captureCount).sort()).toEqual([0, 1_002]);
    });

    test("is gone at once when it is deleted, leaves no row, and touches no other", async () => {
      const [id, other] = [await newWorkspace(), await newWorkspace()];
      const [bin, second, others] = [await newBin(id), await newBin(id), await newBin(other)];
      for (const one of [bin, second, others]) await store.append(newCaptures(one, 3));
      const token = newToken();
      await store.write("createToken", id, AT, token, 9);
      const link = newLink(id);
      await store.write("createDeviceLink", link, 9);
      const gone = await store.write("deleteWorkspace", id, new Date());
      expect(gone!.tokenIds).toEqual([token.id]);
      expect(gone!.binIds.sort()).toEqual([bin, second].sort());
      expect(await store.findWorkspace(id)).toBeNull();
      expect(await store.findToken(token.hash, "api")).toBeNull();
      expect(await store.findDeviceLinkByHash(link.hash)).toBeNull();
      expect(await store.findBin(bin)).toBeNull();
      expect(await store.listBins(id)).toEqual([]);
      expect(await store.write("deleteWorkspace", id, new Date())).toBeNull();
      await expect.poll(() => reader.workspace.count({ where: { id } })).toBe(0);
      expect(await reader.bin.count({ where: { workspaceId: id } })).toBe(0);
      expect(await reader.capture.count({ where: { binId: { in: [bin, second] } } })).toBe(0);
      expect(await store.all(others)).toHaveLength(3);
    });
  });
});
