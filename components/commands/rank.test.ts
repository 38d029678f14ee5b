import { expect, test } from "vitest";
import { rank, ranked } from "#components/commands/rank.ts";

test("every word of the query has to occur, in any order and case", () => {
  expect(rank("capture star", { title: "Star the capture" })).toBeGreaterThan(0);
  expect(rank("STAR", { title: "Star the capture" })).toBeGreaterThan(0);
  expect(rank("star bin", { title: "Star the capture" })).toBe(0);
  expect(rank("", { title: "Anything" })).toBeGreaterThan(0);
});

test("the beginning counts more than the middle, the title more than the keywords", () => {
  const titles = ["Unclear", "Go and clear", "Clear captures", "Delete all"];
  const texts = (title: string) => ({ title, keywords: title === "Delete all" ? "clear" : "" });
  expect(ranked("clear", titles, texts, 9)).toEqual([
    "Clear captures",
    "Go and clear",
    "Unclear",
    "Delete all",
  ]);
});

test("equals keep their order, and no more come than asked for", () => {
  const paths = ["POST /b", "POST /a", "GET /a", "POST /c"];
  expect(ranked("post", paths, (title) => ({ title }), 2)).toEqual(["POST /b", "POST /a"]);
});
