import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newBinId, newCapture, openTestStore, type TestStore } from "../testing/store.ts";

describe.each(PROVIDERS)("workspaces and bins on %s", (provider) => {
  let store: TestStore;

  beforeAll(async () => {
    store = await openTestStore(await newDatabaseUrl(provider));
  });
  afterAll(() => store.close());

  async function newWorkspace() {
    const id = randomUUID();
    await store.write("createWorkspace", { id, createdAt: new Date(), tokens: [] });
    return id;
  }

  const newBin = (workspaceId: string, createdAt = new Date(), id = newBinId()) =>
    store.write("createBin", { id, workspaceId, name: null, reply: null, createdAt });

  describe("a workspace", () => {
    test("is found by the hash of a token of the same kind, and by nothing else", async () => {
      const id = randomUUID();
      const [browser, api] = [randomUUID(), randomUUID()];
      await store.write("createWorkspace", {
        id,
        createdAt: new Date(),
        tokens: [
          { id: randomUUID(), kind: "browser", hash: browser },
          { id: randomUUID(), kind: "api", hash: api },
        ],
      });
      expect(await store.findToken(browser, "browser")).toMatchObject({ workspaceId: id });
      expect(await store.findToken(api, "api")).toMatchObject({ workspaceId: id });
      expect(await store.findToken(api, "browser")).toBeNull();
      expect(await store.findToken(browser, "api")).toBeNull();
      expect(await store.findToken(randomUUID(), "api")).toBeNull();
    });

    test("whose token's hash is taken is not made at all", async () => {
      const hash = randomUUID();
      const token = () => ({ id: randomUUID(), kind: "api" as const, hash });
      const first = randomUUID();
      const second = randomUUID();
      const createdAt = new Date();
      await store.write("createWorkspace", { id: first, createdAt, tokens: [token()] });
      await expect(
        store.write("createWorkspace", { id: second, createdAt, tokens: [token()] }),
      ).rejects.toMatchObject({ code: "unavailable" });
      await expect(newBin(second)).rejects.toMatchObject({ code: "unavailable" });
      expect(await store.findToken(hash, "api")).toMatchObject({ workspaceId: first });
    });
  });

  describe("a bin", () => {
    test("is given back whole when it is made, found and listed", async () => {
      const workspaceId = await newWorkspace();
      const createdAt = new Date("2026-02-03T04:05:06.789Z");
      const reply = {
        status: 418,
        headers: [["X-Tea", "é\u00ff"] as [string, string]],
        body: "☕ \u{1f375}",
        delayMs: 12,
      };
      const id = newBinId();
      const bin = { id, workspaceId, name: "Stripe ☃", reply, createdAt };
      const whole = {
        ...bin,
        lastVisitAt: createdAt,
        lastCaptureAt: null,
        captureCount: 0,
        storedCount: 0,
        clearedSeq: 0,
        revision: 0,
      };
      expect(await store.write("createBin", bin)).toEqual(whole);
      expect(await store.findBin(id)).toEqual(whole);
      expect(await store.listBins(workspaceId)).toEqual([whole]);
    });

    test("is listed newest first, in its own workspace only", async () => {
      const [mine, other] = [await newWorkspace(), await newWorkspace()];
      const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
      const [a, b] = [newBinId(), newBinId()].sort();
      await newBin(mine, at(1), b);
      await newBin(mine, at(3));
      await newBin(mine, at(1), a);
      await newBin(other, at(2));
      const listed = await store.listBins(mine);
      expect(listed.map((bin) => bin.createdAt)).toEqual([at(3), at(1), at(1)]);
      expect(listed.slice(1).map((bin) => bin.id)).toEqual([a, b]);
    });

    test("changes only in what an update names", async () => {
      const { id } = await newBin(await newWorkspace());
      const reply = { status: 204, headers: [], body: "", delayMs: 0 };
      expect(await store.write("updateBin", id, { name: "a" })).toMatchObject({ name: "a" });
      await store.write("updateBin", id, { reply });
      expect(await store.findBin(id)).toMatchObject({ name: "a", reply });
      await store.write("updateBin", id, {});
      expect(await store.findBin(id)).toMatchObject({ name: "a", reply });
      await store.write("updateBin", id, { name: null, reply: null });
      expect(await store.findBin(id)).toMatchObject({ name: null, reply: null });
    });

    test("remembers when it was last visited", async () => {
      const { id } = await newBin(await newWorkspace());
      const visit = new Date("2027-01-02T03:04:05.006Z");
      await store.write("touchBin", id, visit);
      expect(await store.findBin(id)).toMatchObject({ lastVisitAt: visit });
    });

    test("is gone for every call as soon as it is deleted", async () => {
      const workspaceId = await newWorkspace();
      const { id } = await newBin(workspaceId);
      const capture = newCapture(id);
      await store.append([capture]);
      expect(await store.write("deleteBin", id, new Date())).toBe(true);
      expect(await store.findBin(id)).toBeNull();
      expect(await store.listBins(workspaceId)).toEqual([]);
      expect(await store.findCapture(capture.id)).toBeNull();
      expect(await store.write("updateBin", id, { name: "x" })).toBeNull();
      expect(await store.write("clearBin", id)).toBeNull();
      expect(await store.write("deleteBin", id, new Date())).toBe(false);
      expect(await store.append([newCapture(id)])).toMatchObject({ seqs: [null], failed: [] });
    });

    test("that never was is null, and nobody else's", async () => {
      const id = newBinId();
      expect(await store.findBin(id)).toBeNull();
      expect(await store.write("updateBin", id, { name: "x" })).toBeNull();
      expect(await store.write("clearBin", id)).toBeNull();
      expect(await store.write("deleteBin", id, new Date())).toBe(false);
      expect(await store.pageOfCaptures(id, { limit: 10 })).toEqual({
        captures: [],
        hasMore: false,
      });
    });
  });

  test("the database answers a ping", async () => {
    await expect(store.ping()).resolves.toBeUndefined();
  });
});
