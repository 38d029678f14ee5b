import { expect, test } from "vitest";
import { createTurns } from "./turns.ts";

/** Takes turns for keys; says in which order they came. */
function start(limits: Parameters<typeof createTurns>[0]) {
  const turns = createTurns(limits);
  const order: string[] = [];
  return {
    order,
    /** False where it was refused. */
    take(name: string) {
      const turn = turns.take(name[0]!);
      turn?.then(() => order.push(name));
      return turn !== null;
    },
    async giveBack() {
      turns.giveBack();
      await Promise.resolve();
    },
  };
}

test("whoever comes late with little does not wait for whoever came first with much", async () => {
  const { order, take, giveBack } = start({ active: 1, perKey: 9, total: 99 });
  for (const name of ["a1", "a2", "a3", "a4", "b1", "c1", "b2"]) take(name);
  for (let i = 0; i < 7; i += 1) await giveBack();
  expect(order).toEqual(["a1", "a2", "b1", "c1", "a3", "b2", "a4"]);
});

test("so many work at once, and places that are given back are taken again", async () => {
  const { order, take, giveBack } = start({ active: 2, perKey: 9, total: 99 });
  for (const name of ["a1", "a2", "a3"]) take(name);
  await giveBack();
  expect(order).toEqual(["a1", "a2", "a3"]);
  await giveBack();
  await giveBack();
  take("a4");
  take("a5");
  take("a6");
  await giveBack();
  expect(order).toEqual(["a1", "a2", "a3", "a4", "a5", "a6"]);
});

test("beyond what may wait, of one key or of all, callers are refused", async () => {
  const { order, take, giveBack } = start({ active: 1, perKey: 2, total: 3 });
  expect(["a1", "a2", "a3"].map(take)).toEqual([true, true, true]);
  expect(take("a4")).toBe(false);
  expect(take("b1")).toBe(true);
  expect(take("c1")).toBe(false);
  await giveBack();
  expect(take("a4")).toBe(true);
  for (let i = 0; i < 4; i += 1) await giveBack();
  expect(order).toEqual(["a1", "a2", "b1", "a3", "a4"]);
});
