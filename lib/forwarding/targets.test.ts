import { expect, test } from "vitest";
import { createTargets, type GiveBack } from "./targets.ts";

const takeAll = (targets: ReturnType<typeof createTargets>, host: string): GiveBack[] => {
  const taken: GiveBack[] = [];
  for (let place = targets.take(host); place; place = targets.take(host)) taken.push(place);
  return taken;
};

test("a target has so many places, and all have so many together", () => {
  const targets = createTargets({ perTarget: 4, total: 10 });
  const counts = ["a", "b", "c", "d"].map((host) => takeAll(targets, host).length);
  expect(counts).toEqual([4, 4, 2, 0]);
});

test("one that does not answer has one place, until it answers", () => {
  const targets = createTargets({ perTarget: 4, total: 10 });
  for (const giveBack of takeAll(targets, "a")) giveBack(false);
  const [probe, ...others] = takeAll(targets, "a");
  expect(others).toEqual([]);
  probe!(true);
  const two = takeAll(targets, "a");
  expect(two).toHaveLength(2);
  for (const giveBack of two) giveBack(true);
  expect(takeAll(targets, "a")).toHaveLength(4);
});

test("those that do not answer leave half of all places to the others, however many they are", () => {
  const targets = createTargets({ perTarget: 4, total: 10 });
  const dead = Array.from({ length: 20 }, (_, i) => `dead-${i}`);
  for (const host of dead) targets.take(host)?.(false);
  const probes = dead.map((host) => targets.take(host)).filter((place) => place !== null);
  expect(probes).toHaveLength(5);
  expect(takeAll(targets, "alive")).toHaveLength(4);
  for (const giveBack of probes) giveBack(false);
  expect(targets.take(dead[19]!)).not.toBeNull();
});
