import fc from "fast-check";
import { expect, test } from "vitest";
import { matches } from "./matches.ts";
import { mayMatch } from "./may-match.ts";
import { BASE_MS, captureArbitrary, queryArbitrary, summaryAndRecord } from "./testing.ts";

test("never denies a capture that matches", () => {
  fc.assert(
    fc.property(captureArbitrary, queryArbitrary, (capture, query) => {
      const { summary, record } = summaryAndRecord(capture);
      if (matches(query, record, BASE_MS)) expect(mayMatch(query, summary, BASE_MS)).toBe(true);
    }),
    { numRuns: 3_000 },
  );
});

test("denies by what a summary says, and by nothing else", () => {
  const { summary } = summaryAndRecord(fc.sample(captureArbitrary, 1)[0]!);
  const of = (method: string) => mayMatch(query(method), summary, BASE_MS);
  const query = (method: string) => ({
    kind: "and" as const,
    nodes: [
      { kind: "method" as const, methods: [method], start: 0, end: 0 },
      {
        kind: "header" as const,
        name: "x",
        operator: "exists" as const,
        value: "",
        start: 0,
        end: 0,
      },
    ],
    start: 0,
    end: 0,
  });
  expect(of(summary.method)).toBe(true);
  expect(of("OTHER")).toBe(false);
});
