import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { captureCountSchema } from "#lib/contract/capture-scope.ts";
import { deletionSchema } from "#lib/contract/deletion.ts";
import { timelineSchema } from "#lib/contract/timeline.ts";
import { DATABASES } from "#lib/testing/conformance.ts";
import { connectLive, sendMany } from "#lib/testing/live-client.ts";
import { createDatabase } from "#lib/testing/postgres.ts";
import { startServer, type TestBin, type TestServer } from "#lib/testing/server.ts";
import { expectProblem } from "./testing.ts";

const oneTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

describe.each(DATABASES)("what a search finds, on %s", (database) => {
  let server: TestServer;

  beforeAll(async () => {
    const url = database === "postgresql" && (await createDatabase(inject("postgresUrl")));
    server = await startServer(url ? { DATABASE_URL: url } : {});
  });
  afterAll(() => server.stop());

  /** Every third is a PUT, with a body that says `third`. */
  async function binWith(count: number): Promise<TestBin> {
    const bin = await server.createBin();
    for (const number of oneTo(count)) await sendOne(bin, number);
    return bin;
  }

  async function sendOne(bin: TestBin, number: number) {
    const isThird = number % 3 === 0;
    const sent = await fetch(`${server.url}/in/${bin.id}/orders/${number}`, {
      method: isThird ? "PUT" : "POST",
      headers: { "x-number": String(number) },
      body: isThird ? "third" : "one",
    });
    expect(sent.status).toBe(200);
  }

  const seqs = async (bin: TestBin) => (await bin.all()).map(({ seq }) => seq);
  const remove = (bin: TestBin, query: Record<string, string>) =>
    bin.api(`/bins/${bin.id}/captures?${new URLSearchParams(query)}`, { method: "DELETE" });
  const post = (bin: TestBin, what: "delete" | "restore", json: object) =>
    bin.api(`/bins/${bin.id}/captures/${what}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(json),
    });
  const count = async (bin: TestBin, query: Record<string, string>) => {
    const path = `/bins/${bin.id}/captures/count?${new URLSearchParams(query)}`;
    return captureCountSchema.parse(await (await bin.api(path)).json());
  };

  test.each([
    ["by what the database decides", "method:PUT"],
    ["by what is looked at here", "header:x-number~3 OR header:x-number~6 OR body:third"],
  ])("goes and comes back, %s", async (_how, q) => {
    const bin = await binWith(7);
    const response = await remove(bin, { q });
    expect(response.status).toBe(200);
    const { deleted, undo } = deletionSchema.parse(await response.json());
    expect(deleted).toBe(2);
    expect(await seqs(bin)).toEqual([1, 2, 4, 5, 7]);
    expect((await bin.get()).storedCount).toBe(5);
    expect(await (await post(bin, "restore", { undo })).json()).toEqual({ restored: 2 });
    expect(await seqs(bin)).toEqual(oneTo(7));
    expect((await bin.get()).storedCount).toBe(7);
  });

  test("leaves what came after somebody looked", async () => {
    const bin = await binWith(6);
    const { upTo } = await count(bin, { q: "method:PUT" });
    await sendOne(bin, 9);
    expect(await count(bin, { q: "method:PUT" })).toMatchObject({ count: 3, upTo: 7, next: null });
    expect(await count(bin, { q: "method:PUT", upTo: "6" })).toMatchObject({
      count: 2,
      upTo: 6,
      next: null,
    });
    expect(
      (await (await remove(bin, { q: "method:PUT", upTo: String(upTo) })).json()).deleted,
    ).toBe(2);
    expect(await seqs(bin)).toEqual([1, 2, 4, 5, 7]);
  });

  test("relative times count from when somebody looked", async () => {
    const bin = await binWith(3);
    const past = new Date(Date.now() - 3_600_000).toISOString();
    const q = "before:10m";
    const soon = new Date(Date.now() + 3_600_000).toISOString();
    expect(await count(bin, { q })).toMatchObject({ count: 0 });
    expect(await count(bin, { q, asOf: soon })).toMatchObject({ count: 3, asOf: soon });
    expect(await (await remove(bin, { q, asOf: past })).json()).toMatchObject({ deleted: 0 });
    const json = { q: "after:10m", asOf: soon };
    expect(await (await post(bin, "delete", json)).json()).toMatchObject({ deleted: 0 });
    const file = await bin.api(`/bins/${bin.id}/export?format=ndjson&q=${q}&asOf=${soon}`);
    expect((await file.text()).trim().split("\n")).toHaveLength(3);
    const response = await bin.api(`/bins/${bin.id}/bulk-resends`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ url: `${server.url}/healthz`, captures: { q, asOf: soon } }),
    });
    expect(await response.json()).toMatchObject({ total: 3 });
    expect(await (await remove(bin, { q, asOf: soon })).json()).toMatchObject({ deleted: 3 });
  });

  test("the whole bin goes up to a number, and comes back", async () => {
    const bin = await binWith(5);
    expect(await count(bin, { upTo: "3" })).toMatchObject({ count: 3, upTo: 3, next: null });
    const { deleted, undo } = await (await post(bin, "delete", { all: true, upTo: 3 })).json();
    expect(deleted).toBe(3);
    expect(await seqs(bin)).toEqual([4, 5]);
    expect(await count(bin, {})).toMatchObject({ count: 2, upTo: 5, next: null });
    expect((await bin.get()).storedCount).toBe(2);
    await post(bin, "restore", { undo });
    expect(await seqs(bin)).toEqual(oneTo(5));
    expect((await bin.get()).storedCount).toBe(5);
  });

  test.each([
    ["?q=", "q", /is blank/],
    ["?q=%20%20", "q", /is blank/],
    ["?q", "q", /is blank/],
    ["?query=method:PUT", "query", /is not known here/],
    ["?q=method:PUT&q=method:POST", "q", /must be a string/],
    ["?upTo=3", "upTo", /goes with q/],
    ["?q=a&upTo=-1", "upTo", /at least 0/],
    ["?q=size:x", "q", /./],
  ])("DELETE with %s deletes nothing and names the place", async (query, field, message) => {
    const bin = await binWith(2);
    const response = await bin.api(`/bins/${bin.id}/captures${query}`, { method: "DELETE" });
    const { errors } = await expectProblem(response, "invalid_request");
    expect(errors).toContainEqual(
      expect.objectContaining({ field, message: expect.stringMatching(message) }),
    );
    expect(await seqs(bin)).toEqual([1, 2]);
  });

  test("a search that cannot be read says where", async () => {
    const bin = await binWith(1);
    const { errors } = await expectProblem(
      await remove(bin, { q: "a metod:GET" }),
      "invalid_request",
    );
    expect(errors).toMatchObject([{ field: "q", start: 2, end: 8 }]);
    const again = await post(bin, "delete", { q: "a metod:GET" });
    expect((await expectProblem(again, "invalid_request")).errors).toMatchObject([{ start: 2 }]);
    expect(await seqs(bin)).toEqual([1]);
  });

  test("a bulk resend and an export of it leave what came later, too", async () => {
    const bin = await binWith(6);
    const lines = async (query: string) => {
      const file = await bin.api(`/bins/${bin.id}/export?format=ndjson&${query}`);
      return (await file.text()).trim().split("\n").filter(Boolean).length;
    };
    expect(await lines("q=method:PUT&upTo=5")).toBe(1);
    expect(await lines("upTo=5")).toBe(5);
    expect(await lines("q=method:PUT")).toBe(2);
    for (const [captures, total] of [
      [{ q: "method:PUT", upTo: 5 }, 1],
      [{ all: true, upTo: 4 }, 4],
    ] as const) {
      const response = await bin.api(`/bins/${bin.id}/bulk-resends`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ url: `${server.url}/healthz`, captures }),
      });
      expect(await response.json()).toMatchObject({ total });
    }
  });

  test("many that go are named up to a limit, and captures go on meanwhile", async () => {
    const bin = await server.createBin();
    await sendMany(server.port, bin.id, 2_600);
    const live = await connectLive(server, { token: bin.token });
    await live.watch(bin.id, null);
    const [response] = await Promise.all([
      remove(bin, { q: "method:POST" }),
      sendMany(server.port, bin.id, 200),
    ]);
    const { deleted, undo } = deletionSchema.parse(await response.json());
    expect(deleted).toBeGreaterThanOrEqual(2_600);
    const left = 2_800 - deleted;
    expect((await bin.get()).storedCount).toBe(left);
    expect((await bin.all()).length).toBe(left);
    const removed = () => live.of("removed");
    await expect.poll(() => removed().some(({ more }) => more !== undefined)).toBe(true);
    const named = removed().flatMap(({ ids = [] }) => ids);
    expect(named.length).toBeLessThanOrEqual(1_000);
    const more = removed().reduce((sum, event) => sum + (event.more ?? 0), 0);
    expect(named.length + more).toBe(deleted);
    expect(removed().some(({ all }) => all)).toBe(false);

    expect(await (await post(bin, "restore", { undo })).json()).toEqual({ restored: deleted });
    expect((await bin.get()).storedCount).toBe(2_800);
    const restored = () => live.of("restored");
    await expect.poll(() => restored().at(-1)?.captures).toBeNull();
    expect(restored().reduce((sum, event) => sum + event.count, 0)).toBe(deleted);
  });

  test("the timeline counts what matches", async () => {
    const bin = await binWith(6);
    const timeline = async (query: string) => {
      const response = await bin.api(`/bins/${bin.id}/timeline?${query}`);
      return timelineSchema.parse(await response.json());
    };
    const total = ({ buckets }: Awaited<ReturnType<typeof timeline>>) =>
      buckets.reduce((sum, one) => sum + one.write + one.read, 0);
    const whole = await timeline("q=body:third");
    expect(whole).toMatchObject({ seq: 6, sampled: false, searchedFrom: null });
    expect(total(whole)).toBe(2);
    expect(total(await timeline("q=header:x-number=4"))).toBe(1);
    expect((await timeline("q=method:GET")).buckets).toEqual([]);
    const ahead = new Date(Date.now() + 60_000).toISOString();
    expect(total(await timeline(`q=body:third&from=${ahead}`))).toBe(0);
    const refused = await bin.api(`/bins/${bin.id}/timeline?q=size:x`);
    await expectProblem(refused, "invalid_request");
  });
});
