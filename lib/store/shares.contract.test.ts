import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { openTestStore, type TestStore } from "../testing/store.ts";
import type { NewShare } from "./shares.ts";

const AT = new Date("2026-03-01T12:00:00.000Z");

describe.each(PROVIDERS)("share links on %s", (provider) => {
  let store: TestStore;
  let serial = 0;

  beforeAll(async () => {
    store = await openTestStore(await newDatabaseUrl(provider));
  });
  afterAll(() => store.close());

  async function newShare(change: Partial<NewShare> = {}): Promise<NewShare> {
    const binId = change.binId ?? (await store.newBin());
    const { workspaceId } = (await store.findBin(binId))!;
    serial += 1;
    return {
      id: `share-${serial}`,
      workspaceId,
      binId,
      captureId: null,
      hash: `hash-${serial}`,
      label: "ünï \u{1f375}",
      redact: true,
      fields: { hide: ["json:/a~1b"], show: ["header:x"] },
      createdAt: new Date(AT.getTime() + serial),
      expiresAt: AT,
      allowResend: false,
      ...change,
    };
  }

  test("come back as they were stored, by their id and by their secret's hash alone", async () => {
    const share = await newShare();
    const { hash, ...shown } = share;
    const record = { ...shown, revokedAt: null, views: 0, lastViewedAt: null, resends: 0 };
    expect(await store.write("createShare", share)).toEqual(record);
    expect(await store.findShare(share.id)).toEqual(record);
    expect(await store.findShareByHash(hash)).toEqual(record);
    expect(await store.findShareByHash(share.id)).toBeNull();
  });

  test("are listed for their workspace, newest first, until they are revoked", async () => {
    const binId = await store.newBin();
    const [first, second] = [await newShare({ binId }), await newShare({ binId })];
    for (const share of [first, second, await newShare()]) await store.write("createShare", share);
    const ids = async () => (await store.listShares(first.workspaceId)).map(({ id }) => id);
    expect((await ids()).slice(0, 2)).toContain(second.id);
    const before = await ids();
    expect(before.indexOf(second.id)).toBeLessThan(before.indexOf(first.id));
    expect(await store.write("revokeShare", second.id, AT)).toBe(true);
    expect(await store.write("revokeShare", second.id, AT)).toBe(false);
    expect(await ids()).not.toContain(second.id);
    expect(await store.findShareByHash(second.hash)).toMatchObject({ revokedAt: AT });
  });

  test("count every view, also those at the same moment", async () => {
    const share = await newShare();
    await store.write("createShare", share);
    await Promise.all(Array.from({ length: 20 }, () => store.write("countView", share.id, AT)));
    expect(await store.findShare(share.id)).toMatchObject({ views: 20, lastViewedAt: AT });
  });

  test("go with their bin", async () => {
    const share = await newShare();
    await store.write("createShare", share);
    await store.write("deleteBin", share.binId, AT);
    await expect.poll(() => store.findShare(share.id)).toBeNull();
  });
});
