import { expect, test } from "vitest";
import { shortType } from "#components/body/body-kind.ts";

test("content types in a word", () => {
  const short = [
    "application/json; charset=utf-8",
    "application/vnd.github+json",
    "application/x-www-form-urlencoded",
    "text/html",
    "image/png",
    "application/x-protobuf",
    "nonsense",
    " ",
    null,
  ].map(shortType);
  expect(short).toEqual([
    "json",
    "json",
    "form",
    "html",
    "png",
    "protobuf",
    "nonsense",
    null,
    null,
  ]);
});
