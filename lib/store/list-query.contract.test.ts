import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCaptures, openTestStore } from "../testing/store.ts";
import { pageOfCaptures } from "./captures.ts";
import { adapterFactory, connect, type PrismaClient } from "./connect.ts";
import { parseDatabaseUrl } from "./database-url.ts";

describe.each(PROVIDERS)("the list's query on %s", (provider) => {
  const statements: string[] = [];
  let db: PrismaClient;
  let binId: string;

  beforeAll(async () => {
    const url = await newDatabaseUrl(provider);
    const store = await openTestStore(url);
    binId = await store.newBin();
    await store.append(newCaptures(binId, 100));
    await store.close();

    const database = parseDatabaseUrl(url);
    const factory = adapterFactory(database, "reader");
    const connectAdapter = factory.connect.bind(factory);
    factory.connect = async () => {
      const adapter = await connectAdapter();
      const queryRaw = adapter.queryRaw.bind(adapter);
      adapter.queryRaw = (query) => {
        statements.push(query.sql);
        return queryRaw(query);
      };
      return adapter;
    };
    db = await connect(database, { role: "reader", factory });
  });
  afterAll(() => db.$disconnect());

  const listStatements = async (query: { limit: number; before?: number; after?: number }) => {
    statements.length = 0;
    await pageOfCaptures(db, binId, query);
    return statements.filter((sql) => /\bCapture\b/.test(sql));
  };

  test.each([{ limit: 10 }, { limit: 10, before: 50 }, { limit: 10, after: 50 }])(
    "reads no body, no headers and no more rows than the page: %o",
    async (query) => {
      const lists = await listStatements(query);
      expect(lists).toHaveLength(1);
      expect(lists[0]).toMatch(/bodySize/);
      expect(lists[0]).not.toMatch(/\bbody\b|\bheaders\b|\btrailers\b|\*/);
      expect(lists[0]).toMatch(/LIMIT/);
      expect(lists[0]).not.toMatch(/COUNT/i);
    },
  );

  test("walks the index and sorts nothing", async () => {
    const [sql] = await listStatements({ limit: 10, before: 50 });
    if (provider === "sqlite") {
      const plan = await db.$queryRawUnsafe<{ detail: string }[]>(
        `EXPLAIN QUERY PLAN ${sql}`,
        ...[binId, 0, 50, 11, 0].slice(0, sql!.split("?").length - 1),
      );
      const details = plan.map(({ detail }) => detail).join("\n");
      expect(details).toMatch(
        /USING INDEX Capture_binId_seq_key \(binId=\? AND seq>\? AND seq<\?\)/,
      );
      expect(details).not.toMatch(/TEMP B-TREE|SCAN/);
      return;
    }
    // A small table is read whole whatever its indexes: ask for the plan of a large one.
    const [, plan] = await db.$transaction([
      db.$executeRawUnsafe("SET LOCAL enable_seqscan = off"),
      db.$queryRawUnsafe<{ "QUERY PLAN": string }[]>(
        `EXPLAIN ${sql}`,
        ...[binId, 0, 50, 11, 0].slice(0, new Set(sql!.match(/\$\d+/g)).size),
      ),
    ]);
    const lines = plan.map((row) => row["QUERY PLAN"]).join("\n");
    expect(lines).toMatch(/Index Scan.* using "Capture_binId_seq_key"/);
    expect(lines).not.toMatch(/Sort|Seq Scan/);
  });
});
