import { afterEach, describe, expect, test } from "vitest";
import { REDACTED } from "../../contract/share.ts";
import { redactCapture } from "./redact-capture.ts";
import { startRedactor } from "./redactor.ts";

const SECRET = "s3cr3t/of-the sender";
const NOTHING = { hide: [], show: [] };

const recorded = (id: string) => ({
  id,
  binId: "k3v9q0w2m4x7z1a8b5c6",
  method: "POST",
  target: `/in/k3v9q0w2m4x7z1a8b5c6/hook?echo=${encodeURIComponent(SECRET)}`,
  path: "/hook",
  query: `echo=${encodeURIComponent(SECRET)}`,
  contentType: "application/json",
  remoteIp: "203.0.113.9",
  problem: null,
  problemDetail: null,
  headers: [["Content-Type", "application/json"]] as [string, string][],
  trailers: [] as [string, string][],
  receivedAt: new Date("2026-03-01T12:00:00Z"),
});

const bodyOf = (bytes: number) =>
  Buffer.from(JSON.stringify({ token: SECRET, text: "x".repeat(bytes), again: [SECRET] }));
const SMALL = bodyOf(100);
const LARGE = bodyOf(100_000);

const redactors: ReturnType<typeof startRedactor>[] = [];
function start(options?: Parameters<typeof startRedactor>[0]) {
  const redactor = startRedactor(options);
  redactors.push(redactor);
  return redactor;
}
afterEach(async () => {
  for (const redactor of redactors.splice(0)) await redactor.close();
});

function expectNoSecret(shown: { record: object; body: Buffer; fields: object[] }) {
  const all = JSON.stringify(shown.record) + shown.body.toString() + JSON.stringify(shown.fields);
  expect(all).not.toContain(SECRET);
  expect(all).not.toContain(encodeURIComponent(SECRET));
}

/** Whether others had a turn until it was done. */
async function letsOthersWork(work: () => Promise<unknown>): Promise<boolean> {
  let turns = 0;
  let isDone = false;
  const turn = () => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  isDone = true;
  return turns > 0;
}

describe("the redactor", () => {
  test("gives of a large capture what redaction gives, while others work on", async () => {
    const redactor = start();
    const record = recorded("one");
    const expected = redactCapture(record, LARGE, NOTHING);
    expect(
      await letsOthersWork(async () => {
        expect(await redactor.redact(record, LARGE, NOTHING)).toEqual(expected);
      }),
    ).toBe(true);
    expect(expected.record.query).toBe("echo=[redacted]");
    expectNoSecret(expected);
  });

  test("takes no detour for a small one", async () => {
    const redactor = start();
    const redact = () => redactor.redact(recorded("one"), SMALL, NOTHING);
    expect(await letsOthersWork(redact)).toBe(false);
    expect(await redact()).toEqual(redactCapture(recorded("one"), SMALL, NOTHING));
  });

  test("counts headers too, which may be large", async () => {
    const redactor = start();
    const record = { ...recorded("one"), headers: [["X-Data", "x".repeat(50_000)]] as never };
    expect(await letsOthersWork(() => redactor.redact(record, SMALL, NOTHING))).toBe(true);
  });

  test("hides a capture whole when there is no time to look through it", async () => {
    const redactor = start({ timeLimitMs: 1 });
    const headers = [["X-Echo", SECRET]] as [string, string][];
    const shown = await redactor.redact({ ...recorded("one"), headers }, LARGE, NOTHING);
    expect(shown.body.toString()).toBe(REDACTED);
    expect(shown.record.headers).toEqual([[REDACTED, REDACTED]]);
    expect(shown.record.receivedAt).toEqual(recorded("one").receivedAt);
    expectNoSecret(shown);
  });

  test("answers a redaction that it has made, and no other", async () => {
    const redactor = start();
    const ask = (id: string, show: string[]) =>
      redactor.redact(recorded(id), LARGE, { hide: [], show });
    const [first, same] = await Promise.all([ask("one", []), ask("one", [])]);
    expect(same.body.buffer).toBe(first.body.buffer);
    expect((await ask("one", [])).body.buffer).toBe(first.body.buffer);
    expect((await ask("two", [])).body.buffer).not.toBe(first.body.buffer);
    expect((await ask("one", ["json:/token"])).body.toString()).toContain(SECRET);
  });

  test("refuses what would wait behind too many others, and goes on after it", async () => {
    const redactor = start();
    const asked = Array.from({ length: 300 }, (_, i) =>
      redactor.redact(recorded(`${i}`), LARGE, NOTHING),
    );
    const results = await Promise.allSettled(asked);
    const refused = results.filter(({ status }) => status === "rejected");
    expect(refused).toHaveLength(99);
    expect(refused[0]).toMatchObject({ reason: { code: "unavailable" } });
    expectNoSecret(await redactor.redact(recorded("after"), LARGE, NOTHING));
  });

  test("redacts at once no more than a live feed may cost, and nothing large", () => {
    let time = 0;
    const redactor = start({ now: () => time });
    const redactNow = (body: Buffer) => redactor.redactNow(recorded("one"), body, NOTHING);
    const body = bodyOf(10_000);
    expect(redactNow(LARGE)).toBe(null);
    let made = 0;
    while (redactNow(body) !== null) made += 1;
    expect(made).toBeGreaterThan(50);
    expect(made).toBeLessThan(110);
    time += 100;
    expect(redactNow(body)).toEqual(redactCapture(recorded("one"), body, NOTHING));
  });

  test("ends with what is underway hidden", async () => {
    const redactor = start();
    const asked = [1, 2].map((id) => redactor.redact(recorded(`${id}`), LARGE, NOTHING));
    await Promise.resolve();
    await redactor.close();
    for (const shown of await Promise.all(asked)) expect(shown.body.toString()).toBe(REDACTED);
  });
});
