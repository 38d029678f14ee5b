import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UNDO_MS } from "../contract/limits.ts";
import type { NewCapture } from "../contract/new-capture.ts";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCapture, openTestStore, type TestStore } from "../testing/store.ts";
import { clearBin, deleteBin } from "./bins.ts";
import { deleteCapture } from "./captures.ts";
import { connect, type PrismaClient } from "./connect.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import { clearBinForNow, deleteCaptures, restoreDeleted } from "./deletions.ts";
import { createDelivery, finishDelivery } from "./deliveries.ts";
import { readMigrations } from "./migrate.ts";
import { storedBytesOfAll, storedBytesOfWorkspace } from "./stored-bytes.ts";
import { sweepStep, trimBin } from "./sweep.ts";

const NOW = new Date();
/** When nothing can be undone any more. */
const AFTERWARDS = new Date(NOW.getTime() + UNDO_MS + 2 * 60_000);

const TEXTS = ["", "x", "é", "ÿ".repeat(40), "a\u0000b", "long ".repeat(200)];
const text = fc.constantFrom(...TEXTS);
const size = fc.nat({ max: 3_000 });

/** What may happen to two bins; a number picks one of what is there, whatever that is then. */
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("append" as const), text, size }) },
  fc.record({
    do: fc.constantFrom(
      "delete one",
      "delete some",
      "clear for now",
      "clear",
      "restore",
      "trim",
      "resend",
      "sweep now",
      "sweep afterwards",
      "delete the bin",
    ),
    pick: fc.nat(),
    size,
  }),
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

describe.each(PROVIDERS)("the bytes of a bin on %s", (provider) => {
  let store: TestStore;
  let db: PrismaClient;

  beforeAll(async () => {
    const url = await newDatabaseUrl(provider);
    store = await openTestStore(url, { now: () => NOW });
    db = await connect(parseDatabaseUrl(url), { role: "writer" });
  });
  afterAll(async () => {
    await db.$disconnect();
    await store.close();
    expect(store.errors).toEqual([]);
  });

  /** Looked up in the rows themselves; null without the bin's row. */
  async function counted(binId: string) {
    const bin = await db.bin.findUnique({ where: { id: binId } });
    const captures = await db.capture.findMany({ where: { binId }, include: { deliveries: true } });
    const bytes = captures.reduce((sum, { body, headers, trailers, target, deliveries }) => {
      const heads = [headers, trailers, target].map((part) => Buffer.byteLength(part));
      const responses = deliveries.map((delivery) => delivery.body?.byteLength ?? 0);
      return [...heads, ...responses].reduce((a, b) => a + b, sum + body.byteLength);
    }, 0);
    return { counter: bin && Number(bin.storedBytes), bytes: bin && bytes, rows: captures.length };
  }

  async function expectExact(binId: string) {
    const { counter, bytes } = await counted(binId);
    expect(counter).toBe(bytes);
  }

  function capture(binId: string, words: string, bodySize: number): NewCapture {
    // PostgreSQL has no NUL in its texts; JSON escapes those of headers.
    const target = `/in/${binId}/${words.replaceAll("\0", "")}`;
    const rawHeaders = ["Host", "localhost", "X-Text", words];
    const rawTrailers = words.length > 1 ? ["X-Trailer", words] : [];
    return newCapture(binId, { target, rawHeaders, rawTrailers, body: Buffer.alloc(bodySize, 7) });
  }

  async function resend(captureId: string, bodySize: number) {
    const request = { headers: [], bodySize: 0 } as never;
    const id = randomUUID();
    const common = { method: "GET", url: "http://localhost/", startedAt: NOW };
    await createDelivery(db, { id, captureId, request, ...common });
    const end = { state: "succeeded", request, result: {} as never } as const;
    const body = bodySize % 3 === 0 ? null : Buffer.alloc(bodySize);
    await finishDelivery(db, id, { ...end, body });
    // Only the first end of a delivery counts.
    await finishDelivery(db, id, { ...end, body: Buffer.alloc(17) });
  }

  async function run(bins: string[], undos: string[], action: Step): Promise<void> {
    if (action.do === "append") {
      await store.append(bins.map((bin, i) => capture(bin, action.text, action.size * (i + 1))));
      return;
    }
    const { pick } = action;
    const binId = bins[pick % bins.length]!;
    const rows = await db.capture.findMany({ where: { binId }, orderBy: { id: "asc" } });
    const row = rows[pick % Math.max(rows.length, 1)];
    const undo = randomUUID();
    const deletion = { id: undo, binId, undo, expiresAt: new Date(NOW.getTime() + UNDO_MS) };
    switch (action.do) {
      case "delete one":
        return void (row && (await deleteCapture(db, row.id)));
      case "delete some":
        undos.push(undo);
        await deleteCaptures(
          db,
          deletion,
          rows.slice(pick % 4).map(({ id }) => id),
        );
        return;
      case "clear for now":
        undos.push(undo);
        return void (await clearBinForNow(db, deletion));
      case "clear":
        return void (await clearBin(db, binId));
      case "restore":
        if (undos.length === 0) return;
        for (const bin of bins) {
          await restoreDeleted(db, bin, undos[pick % undos.length]!, NOW);
        }
        return;
      case "trim":
        return void (await trimBin(db, binId, pick % 5));
      case "resend":
        return void (row && (await resend(row.id, action.size)));
      case "sweep now":
      case "sweep afterwards":
        return void (await sweepStep(db, action.do === "sweep now" ? NOW : AFTERWARDS));
      case "delete the bin":
        return void (await deleteBin(db, binId, NOW));
    }
  }

  test("are exactly those of its rows, whatever happens", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 3, maxLength: 14 }), async (steps) => {
        const bins = [await store.newBin(), await store.newBin()];
        const undos: string[] = [];
        for (const action of steps) {
          await run(bins, undos, action);
          for (const bin of bins) await expectExact(bin);
        }
        for (const bin of bins) await deleteBin(db, bin, NOW);
        while (await sweepStep(db, AFTERWARDS)) for (const bin of bins) await expectExact(bin);
        for (const bin of bins) expect((await counted(bin)).rows).toBe(0);
      }),
      { numRuns: provider === "sqlite" ? 60 : 25 },
    );
    expect(await storedBytesOfAll(db)).toBe(0);
  });

  test("are given back step by step, and none is counted twice, for many captures", async () => {
    const bin = await store.newBin();
    const captures = Array.from({ length: 1_100 }, () => capture(bin, "x", 10));
    await store.append(captures);
    await expectExact(bin);
    const before = (await counted(bin)).counter!;
    await clearBin(db, bin);
    const counters = [before];
    while (await sweepStep(db, NOW)) {
      await expectExact(bin);
      counters.push((await counted(bin)).counter!);
    }
    expect(counters.at(-1)).toBe(0);
    expect(new Set(counters).size).toBeGreaterThan(2);
  });

  test("are what one batch says of each bin, and add up for a workspace", async () => {
    const [a, b] = [await store.newBin(), await store.newBin()];
    const { storedBytes } = await store.append([
      capture(a, "é", 5),
      capture(b, "", 7),
      capture(a, "x", 11),
    ]);
    expect(Object.fromEntries(storedBytes)).toEqual({
      [a]: (await counted(a)).bytes,
      [b]: (await counted(b)).bytes,
    });
    const { workspaceId } = (await store.findBin(a))!;
    const expected = [{ binId: a, bytes: (await counted(a)).bytes }];
    expect(await storedBytesOfWorkspace(db, workspaceId)).toEqual(expected);
  });

  test("are counted once by the migration for what was there before", async () => {
    const [a, b] = [await store.newBin(), await store.newBin()];
    const mine = [capture(a, "é", 100), capture(a, "x", 0), capture(b, "long ", 9)];
    await store.append(mine);
    await resend(mine[0]!.id, 1_000);
    await resend(mine[0]!.id, 10);
    await db.bin.updateMany({ where: { id: { in: [a, b] } }, data: { storedBytes: 0 } });
    const { migrationDirectories } = await readMigrations(provider);
    const { migrationFile } = migrationDirectories.find(({ path }) => /_stored_bytes$/.test(path))!;
    const { value: script } = migrationFile.content as { value: string };
    await db.$executeRawUnsafe(script.slice(script.indexOf("UPDATE")));
    await expectExact(a);
    await expectExact(b);
    expect((await counted(a)).counter).toBeGreaterThan(1_100);
  });
});
