import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Visitor } from "./access/access.ts";
import type { RemovedEvent, RestoredEvent } from "./contract/events.ts";
import { createDeletions } from "./deletions.ts";
import { AppError } from "./errors.ts";
import { newDatabaseUrl, PROVIDERS } from "./testing/databases.ts";
import { newCaptures, openTestStore, type TestStore } from "./testing/store.ts";

describe.each(PROVIDERS)("deletions of what a search finds, on %s", (provider) => {
  let store: TestStore;

  beforeAll(async () => {
    store = await openTestStore(await newDatabaseUrl(provider));
  });
  afterAll(() => store.close());

  async function setUp({ failsAt = Number.POSITIVE_INFINITY, isFull = false } = {}) {
    const binId = await store.newBin();
    await store.append(newCaptures(binId, 1_200));
    const { workspaceId } = (await store.findBin(binId))!;
    const visitor = { workspaceId, scope: "write" } as Visitor;
    const removed: RemovedEvent[] = [];
    const restored: RestoredEvent[] = [];
    let parts = 0;
    const write: TestStore["write"] = (name, ...args) => {
      if (name === "deleteCaptures" && ++parts === failsAt) {
        throw new AppError("unavailable", "The database does not answer.");
      }
      return store.write(name, ...args);
    };
    const deletions = createDeletions({
      store: { ...store, write },
      now: () => new Date(),
      isFull: () => isFull,
      onRemoved: (event) => removed.push(event),
      onRestored: (event) => restored.push(event),
    });
    const stored = async () => (await store.findBin(binId))!.storedCount;
    return { binId, visitor, deletions, removed, restored, stored };
  }

  test("where a part fails, nothing stays deleted, and watchers hear that", async () => {
    const { binId, visitor, deletions, removed, restored, stored } = await setUp({ failsAt: 3 });
    const failing = deletions.delete(visitor, binId, { q: "path:/" });
    await expect(failing).rejects.toMatchObject({ code: "unavailable" });
    expect(await stored()).toBe(1_200);
    expect(await store.countCaptures(binId, 1_200)).toBe(1_200);
    expect(removed.flatMap(({ ids = [] }) => ids)).toHaveLength(1_000);
    expect(restored.reduce((sum, { count }) => sum + count, 0)).toBe(1_000);
  });

  test("the newest are named, as many as a page has, and the rest is counted", async () => {
    const { binId, visitor, deletions, removed, stored } = await setUp();
    const { deleted } = await deletions.delete(visitor, binId, { q: "path:/", upTo: 1_190 });
    expect([deleted, await stored()]).toEqual([1_190, 10]);
    expect(removed.map(({ ids, more }) => ids?.length ?? more)).toEqual([500, 500, 190]);
    expect((await store.all(binId)).map(({ seq }) => seq)[0]).toBe(1_191);
  });

  test("without room they go for good", async () => {
    const { binId, visitor, deletions } = await setUp({ isFull: true });
    const deletion = await deletions.delete(visitor, binId, { q: "path:/" });
    expect(deletion).toEqual({ deleted: 1_200, undo: null, undoUntil: null });
  });
});
