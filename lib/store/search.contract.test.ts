import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { matcher, type SearchRecord } from "../search/matches.ts";
import { parseQuery } from "../search/parse.ts";
import { printQuery } from "../search/print.ts";
import type { Query } from "../search/query.ts";
import { BASE_MS, captureArbitrary, queryArbitrary } from "../search/testing.ts";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCapture, newCaptures, openTestStore, type TestStore } from "../testing/store.ts";

const now = BASE_MS + 2_500;

function read(text: string): Query {
  const parsed = parseQuery(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.query;
}

describe.each(PROVIDERS)("search on %s", (provider) => {
  let store: TestStore;

  beforeAll(async () => {
    store = await openTestStore(await newDatabaseUrl(provider));
  });
  afterAll(() => store.close());

  /** Every number that is found, page by page. */
  async function find(binId: string, query: Query, limit = 7): Promise<number[]> {
    const seqs: number[] = [];
    let before: number | undefined;
    for (;;) {
      const page = await store.searchCaptures({ binId, query, limit, before, now });
      seqs.push(...page.captures.map(({ seq }) => seq));
      if (!page.hasMore) return seqs;
      before = page.next!;
    }
  }

  test("finds what the matcher says, whatever was sent and asked", async () => {
    for (const [seed, generated] of fc
      .sample(fc.array(captureArbitrary, { minLength: 40, maxLength: 40, size: "max" }), 8)
      .entries()) {
      const binId = await store.newBin();
      const captures = generated.map(({ note: _, starred: __, ...capture }) =>
        newCapture(binId, capture),
      );
      await store.append(captures);
      const records: SearchRecord[] = [];
      for (const [index, { note, starred }] of generated.entries()) {
        const { id } = captures[index]!;
        if (note !== null || starred)
          await store.write("updateCapture", binId, id, { note, starred });
        const record = await store.findCapture(id);
        records.push({ ...record!, body: (await store.findBody(id))! });
      }
      await fc.assert(
        fc.asyncProperty(queryArbitrary, async (query) => {
          const isMatch = matcher(query, now);
          const wanted = records.flatMap((record, index) => (isMatch(record) ? [index + 1] : []));
          expect(await find(binId, query), printQuery(query)).toEqual(wanted.reverse());
          const { points } = await store.searchPoints({ binId, query, limit: 100, now, first: 11 });
          expect(
            points.map(({ seq, at }) => [seq, at]),
            printQuery(query),
          ).toEqual(
            wanted
              .filter((seq) => seq >= 11)
              .map((seq) => [seq, records[seq - 1]!.receivedAt.getTime()]),
          );
        }),
        { numRuns: 100, seed },
      );
    }
  });

  test.each([
    ["%", ["/100%", "/a_b"], ["/100%"]],
    ["_", ["/100%", "/a_b"], ["/a_b"]],
    ['\'; DROP TABLE "Capture"; --', ["/x"], []],
    ["/ORDERS", ["/orders/1", "/order"], ["/orders/1"]],
  ])("takes %s for what it is", async (text, paths, found) => {
    const binId = await store.newBin();
    await store.append(paths.map((path) => newCapture(binId, { path })));
    const query = read(`path:"${text.replaceAll('"', '\\"')}"`);
    const { captures } = await store.searchCaptures({ binId, query, limit: 10, now });
    expect(captures.map(({ path }) => path)).toEqual(found);
  });

  // PostgreSQL is asked about an escaped form, in which each of these texts stands as well.
  test.each([
    ["0", Buffer.from([0])],
    ["303", Buffer.from("é")],
    ["\\303", Buffer.from("é")],
    ["\\x", Buffer.from("\\\\y")],
  ])("does not take the form of a byte for the text %j", async (text, body) => {
    const binId = await store.newBin();
    await store.append([
      newCapture(binId, { body }),
      newCapture(binId, { body: Buffer.from(text) }),
    ]);
    const quoted = JSON.stringify(text);
    expect(await find(binId, read(`body:${quoted}`))).toEqual([2]);
    expect(await find(binId, read(`-body:${quoted}`))).toEqual([1]);
  });

  describe("a page", () => {
    const page = async (
      binId: string,
      cursor: { limit: number; before?: number; after?: number },
    ) => {
      const query = read("path:/yes");
      const { captures, ...rest } = await store.searchCaptures({ binId, query, now, ...cursor });
      return { seqs: captures.map(({ seq }) => seq), ...rest };
    };

    test("is newest first, oldest first with after, and says where the next one starts", async () => {
      const binId = await store.newBin();
      await store.append(newCaptures(await store.newBin(), 3, { path: "/yes" }));
      for (const path of ["/yes", "/no", "/yes", "/yes", "/no", "/yes"]) {
        await store.append([newCapture(binId, { path })]);
      }
      expect(await page(binId, { limit: 2 })).toEqual({ seqs: [6, 4], hasMore: true, next: 4 });
      expect(await page(binId, { limit: 2, before: 4 })).toEqual({
        seqs: [3, 1],
        hasMore: false,
        next: null,
      });
      expect(await page(binId, { limit: 2, after: 0 })).toEqual({
        seqs: [1, 3],
        hasMore: true,
        next: 3,
      });
      expect(await page(binId, { limit: 2, after: 3 })).toEqual({
        seqs: [4, 6],
        hasMore: false,
        next: null,
      });
    });

    test("has none of what was cleared, nor of a bin that is gone", async () => {
      const binId = await store.newBin();
      await store.append(newCaptures(binId, 3, { path: "/yes" }));
      await store.write("clearBin", binId);
      await store.append(newCaptures(binId, 1, { path: "/yes" }));
      expect((await page(binId, { limit: 9 })).seqs).toEqual([4]);
      await store.write("deleteBin", binId, new Date());
      expect((await page(binId, { limit: 9 })).seqs).toEqual([]);
    });

    test("comes of many steps: over thousands of captures, and over large bodies", async () => {
      const binId = await store.newBin();
      await store.append([newCapture(binId, { path: "/yes", body: Buffer.from("needle") })]);
      for (let i = 0; i < 6; i++) await store.append(newCaptures(binId, 1_000));
      expect((await page(binId, { limit: 1 })).seqs).toEqual([1]);
      const large = Buffer.alloc(5 * 1024 * 1024, "hay ");
      for (let i = 0; i < 4; i++) await store.append([newCapture(binId, { body: large })]);
      expect(await find(binId, read("body:NEEDLE"))).toEqual([1]);
      expect(await find(binId, read("-body:needle size:>1m"))).toEqual([6005, 6004, 6003, 6002]);
    });
  });
});
