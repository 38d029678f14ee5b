import { expect, test } from "vitest";
import { bodyViews, preferredView, shortType } from "#components/body/body-kind.ts";

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

test("the view follows the content, not the label alone", () => {
  const base = { contentType: null, text: "{}", isJson: true };
  expect(preferredView(base)).toBe("json");
  expect(preferredView({ ...base, contentType: "application/json", isJson: false })).toBe("text");
  expect(preferredView({ ...base, text: null, isJson: false })).toBe("hex");
  const huge = { contentType: "text/csv", text: null, isJson: false };
  expect(preferredView(huge)).toBe("text");
});

test("text and hex are always there", () => {
  const form = "application/x-www-form-urlencoded";
  const facts = { contentType: form, text: "a=b", isJson: false };
  expect(bodyViews(facts)).toEqual(["form", "text", "hex"]);
  expect(bodyViews({ ...facts, contentType: null, text: null })).toEqual(["text", "hex"]);
});
