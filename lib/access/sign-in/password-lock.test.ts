import { expect, test } from "vitest";
import { passwordLock } from "./password-lock.ts";

test("opens for its password alone, however that was typed", async () => {
  const lock = await passwordLock("correct h\u00f6rse");
  const guesses = [
    "correct h\u00f6rse",
    "correct ho\u0308rse",
    "correct horse",
    "",
    "x".repeat(8_000),
  ];
  // At once, as somebody would who guesses.
  const opened = await Promise.all(guesses.map((guess) => lock.opens(guess)));
  expect(opened).toEqual([true, true, false, false, false]);
});

test("has a key that is the same after a restart, and another one for another password", async () => {
  const [lock, again, other] = await Promise.all(
    ["first password", "first password", "other password"].map(passwordLock),
  );
  expect(lock!.key).toEqual(again!.key);
  expect(lock!.key).not.toEqual(other!.key);
  expect(lock!.key).toHaveLength(32);
});
