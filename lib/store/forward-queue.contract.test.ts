import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DELIVERIES_PER_CAPTURE_MAX } from "../contract/limits.ts";
import { newRule } from "../forwarding/testing.ts";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCaptures, openTestStore, type TestStore } from "../testing/store.ts";
import type { ForwardJob } from "./claim-forwards.ts";
import { connect, type PrismaClient } from "./connect.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import type { ForwardBatch } from "./enqueue-forwards.ts";
import type { ForwardAttempt } from "./record-forwards.ts";

const NOW = new Date("2026-11-21T12:00:00.000Z");
const at = (seconds: number) => new Date(NOW.getTime() + seconds * 1_000);

describe.each(PROVIDERS)("the queue of forwards on %s", (provider) => {
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

  /** A rule with so many captures that were looked at, and a row for each. */
  async function enqueued(count: number, change: Partial<ForwardBatch> = {}) {
    const binId = await store.newBin();
    const rule = await newRule(store, binId, { url: "http://target/" });
    const captures = newCaptures(binId, count);
    await store.append(captures);
    const batch: ForwardBatch = {
      ruleId: rule.id,
      binId,
      from: 0,
      to: count,
      forwards: captures.map(({ id }, i) => ({ id: randomUUID(), captureId: id, seq: i + 1 })),
      leased: 0,
      leasedUntil: at(30),
      ...change,
    };
    const moved = await store.write("enqueueForwards", [batch], NOW);
    return { rule, captures, batch, moved };
  }
  const claim = async (ruleId: string, now: Date, limit = 10) =>
    (
      await store.write(
        "claimForwards",
        [{ ruleId, limit, leasedUntil: new Date(now.getTime() + 30_000) }],
        now,
      )
    )[0]!;
  const bytesOf = async (id: string) =>
    Number((await reader.bin.findUniqueOrThrow({ where: { id } })).storedBytes);
  const rows = (where: object) => reader.forward.count({ where });

  test("a cursor moves only from where it is, with the rows of what it passes", async () => {
    const { rule, batch, moved } = await enqueued(2);
    expect(moved).toEqual([rule.id]);
    expect(await store.findForwardRule(rule.id)).toMatchObject({ forwardedSeq: 2 });
    const again = {
      ...batch,
      forwards: batch.forwards.map((row) => ({ ...row, id: randomUUID() })),
    };
    expect(await store.write("enqueueForwards", [again], NOW)).toEqual([]);
    expect(await rows({ ruleId: rule.id })).toBe(2);
    await store.write("updateForwardRule", batch.binId, rule.id, { enabled: false });
    const late = { ...batch, from: 2, to: 3, forwards: [] };
    expect(await store.write("enqueueForwards", [late], NOW)).toEqual([]);
  });

  test("a capture that went away has no row, and holds up no other", async () => {
    const binId = await store.newBin();
    const rule = await newRule(store, binId, { url: "http://target/" });
    const captures = newCaptures(binId, 2);
    await store.append(captures);
    await store.write("deleteCapture", captures[0]!.id);
    const forwards = captures.map(({ id }, i) => ({ id: randomUUID(), captureId: id, seq: i + 1 }));
    const lease = { leased: 0, leasedUntil: NOW };
    const batch = { ruleId: rule.id, binId, from: 0, to: 2, forwards, ...lease };
    expect(await store.write("enqueueForwards", [batch], NOW)).toEqual([rule.id]);
    const page = await store.forwardsOf(rule, { limit: 10 });
    expect(page.forwards.map(({ seq }) => seq)).toEqual([2]);
  });

  test("what one has taken no other takes, until its lease ends or it is given back", async () => {
    const { rule } = await enqueued(3, { leased: 1 });
    const first = await claim(rule.id, at(1), 1);
    expect(first.jobs.map(({ seq, attempts, bodySize }) => [seq, attempts, bodySize])).toEqual([
      [2, 0, 2],
    ]);
    expect(first.dueAt).toEqual(NOW);
    expect((await claim(rule.id, at(2))).jobs.map(({ seq }) => seq)).toEqual([3]);
    expect(await claim(rule.id, at(3))).toEqual({ ruleId: rule.id, jobs: [], dueAt: null });
    const free = await store.activeRules(at(31), rule.binId);
    expect(free).toMatchObject([{ rule: { id: rule.id }, captureCount: 3, dueAt: NOW }]);
    expect((await claim(rule.id, at(30.5))).jobs.map(({ seq }) => seq)).toEqual([1]);
    await store.write("releaseForwards", [first.jobs[0]!.id]);
    expect((await claim(rule.id, at(4))).jobs.map(({ seq }) => seq)).toEqual([2]);
  });

  test("what came of attempts is stored together, and only of what is there", async () => {
    const { rule, captures } = await enqueued(3);
    const { jobs } = await claim(rule.id, NOW);
    const body = new Uint8Array([0, 255]);
    const attempt = (job: ForwardJob, change: Partial<ForwardAttempt>): ForwardAttempt => ({
      job,
      state: "succeeded",
      attempts: 1,
      nextAttemptAt: null,
      status: 200,
      error: null,
      endedAt: at(1),
      delivery: {
        id: randomUUID(),
        captureId: job.captureId,
        method: "POST",
        url: "http://target/\u00e9",
        startedAt: NOW,
        state: "succeeded",
        request: { headers: [["a", "\u00ff"]], bodySize: 2, edited: false, notCarried: [] },
        result: { redirects: [], response: null, timings: null, error: null },
        body,
      },
      ...change,
    });
    await store.write("deleteCapture", captures[2]!.id);
    const bytesBefore = await bytesOf(rule.binId);
    const error = { code: "bad_status" as const, message: "It's 500." };
    const attempts = [
      attempt(jobs[0]!, {}),
      attempt(jobs[1]!, {
        state: "waiting",
        nextAttemptAt: at(5),
        endedAt: null,
        status: 500,
        error,
      }),
      attempt(jobs[2]!, {}),
    ];
    const recorded = await store.write("recordForwards", attempts);
    expect(recorded).toEqual([
      [attempts[0]!.delivery!.id, 1],
      [attempts[1]!.delivery!.id, 1],
    ]);
    expect(await bytesOf(rule.binId)).toBe(bytesBefore + 2 * body.byteLength);
    const { forwards } = await store.forwardsOf(rule, { limit: 10 });
    expect(forwards).toMatchObject([
      { seq: 2, state: "waiting", nextAttemptAt: at(5), leasedUntil: null, status: 500, error },
      { seq: 1, state: "succeeded", nextAttemptAt: null, endedAt: at(1), error: null },
    ]);
    expect(forwards[1]).toMatchObject({ createdAt: NOW, url: "http://target/\u00e9", attempts: 1 });
    expect(await store.findForwardRule(rule.id)).toMatchObject({ succeeded: 1 });
    const [stored] = await store.deliveriesOf(captures[0]!.id, { limit: 9, maxBodyBytes: 9 });
    expect(stored).toMatchObject({ ruleId: rule.id, forwardId: jobs[0]!.id, startedAt: NOW });
    expect([...stored!.body!]).toEqual([0, 255]);
    // Told again, as after an answer of the database that was lost.
    await store.write("recordForwards", [attempts[0]!]);
    expect(await bytesOf(rule.binId)).toBe(bytesBefore + 2 * body.byteLength);
    // The oldest of too many make room, and give back what they took.
    const many = Array.from({ length: DELIVERIES_PER_CAPTURE_MAX + 3 }, () =>
      attempt(jobs[0]!, {}),
    );
    await store.write("recordForwards", many);
    expect(await bytesOf(rule.binId)).toBe(
      bytesBefore + (DELIVERIES_PER_CAPTURE_MAX + 1) * body.byteLength,
    );
    expect(await store.findForwardRule(rule.id)).toMatchObject({ succeeded: 1 });
  });

  test("rows go with their captures, and with their rule in steps", async () => {
    const cleared = await enqueued(2);
    await store.write("clearBin", cleared.rule.binId);
    expect((await store.forwardsOf(cleared.rule, { limit: 10 })).forwards).toEqual([]);
    await expect.poll(() => rows({ ruleId: cleared.rule.id })).toBe(0);
    const gone = await enqueued(1_200);
    await store.write("deleteForwardRule", gone.rule.id, NOW);
    await expect.poll(() => rows({ ruleId: gone.rule.id })).toBe(0);
    await expect.poll(() => reader.forwardRule.count({ where: { id: gone.rule.id } })).toBe(0);
    expect(await store.findBin(gone.rule.binId)).toMatchObject({ storedCount: 1_200 });
    const bin = await enqueued(2);
    await store.write("deleteBin", bin.rule.binId, NOW);
    await expect.poll(() => reader.forwardRule.count({ where: { id: bin.rule.id } })).toBe(0);
    expect(await rows({ ruleId: bin.rule.id })).toBe(0);
  });
});
