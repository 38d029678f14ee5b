import { expect, test } from "vitest";
import { describeAgent } from "./describe-agent.ts";

test.each([
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Safari on iOS",
  ],
  [
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0",
    "Microsoft Edge on Windows",
  ],
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux"],
  ["", null],
  [null, null],
])("%j is %s", (agent, name) => {
  expect(describeAgent(agent)).toBe(name);
});

test("what is no browser has no long name, and takes no long time", () => {
  for (const agent of ["x", "a/".repeat(250), "(".repeat(500), `${"A".repeat(499)}/`]) {
    expect((describeAgent(agent) ?? "").length).toBeLessThanOrEqual(100);
  }
});
