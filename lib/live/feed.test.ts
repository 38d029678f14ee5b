import { describe, expect, test } from "vitest";
import type { Summary } from "../contract/capture.ts";
import type { CapturesEvent } from "../contract/events.ts";
import { createFeed } from "./feed.ts";

const summary = (seq: number) => ({ seq }) as Summary;

function setUp(watched = ["one", "two"]) {
  const sent: CapturesEvent[] = [];
  const feed = createFeed(
    (binId) => watched.includes(binId),
    (event) => void sent.push(event),
  );
  const push = (binId: string, from: number, to = from) => {
    for (let seq = from; seq <= to; seq++) feed.push(binId, () => summary(seq));
  };
  const seqs = () => sent.map(({ captures }) => captures.map(({ seq }) => seq));
  return { feed, sent, push, seqs };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe("the feed", () => {
  test("sends the first capture of a quiet bin at the end of this turn", async () => {
    const { push, seqs } = setUp();
    push("one", 1);
    expect(seqs()).toEqual([]);
    await turn();
    expect(seqs()).toEqual([[1]]);
  });

  test("sends what comes in one turn together and what comes soon after in the next message", async () => {
    const { push, seqs } = setUp();
    push("one", 1, 2);
    await turn();
    push("one", 3);
    push("one", 4);
    await expect.poll(() => seqs().length).toBe(2);
    expect(seqs()).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  test("keeps bins apart", async () => {
    const { push, sent } = setUp();
    push("one", 1);
    push("two", 1);
    await turn();
    expect(sent).toEqual([
      { binId: "one", captures: [summary(1)] },
      { binId: "two", captures: [summary(1)] },
    ]);
  });

  test("says of captures without a summary how many there are", async () => {
    const { feed, push, sent } = setUp();
    push("one", 1);
    feed.push("one", () => null);
    await turn();
    expect(sent).toEqual([{ binId: "one", captures: [summary(1)], skipped: 1 }]);
  });

  test("sends 200 at most and says how many more there are", async () => {
    const { push, sent } = setUp();
    push("one", 1, 250);
    await turn();
    expect(sent[0]).toMatchObject({ binId: "one", skipped: 50 });
    expect(sent[0]!.captures.map(({ seq }) => seq)).toEqual(
      Array.from({ length: 200 }, (_, i) => i + 1),
    );
    push("one", 251);
    await expect.poll(() => sent.length).toBe(2);
    expect(sent[1]).toEqual({ binId: "one", captures: [summary(251)] });
  });

  test("does nothing for a bin that nobody watches", async () => {
    const { feed, sent } = setUp([]);
    feed.push("one", () => {
      throw new Error("nobody asked for this summary");
    });
    await turn();
    expect(sent).toEqual([]);
  });

  test("sends nothing after it is stopped", async () => {
    const { feed, push, sent } = setUp();
    push("one", 1);
    feed.stop();
    await turn();
    expect(sent).toEqual([]);
  });
});
