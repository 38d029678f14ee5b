import { expect, test } from "vitest";
import { exampleCurl } from "./curl.ts";
import { quoteForShell } from "./shell-word.ts";

test("quotes only what a shell would touch", () => {
  expect(quoteForShell("http://localhost:3000/in/abc")).toBe("http://localhost:3000/in/abc");
  expect(quoteForShell("it's $HOME")).toBe(`'it'\\''s $HOME'`);
  expect(quoteForShell("")).toBe("''");
});

test("the example can be pasted", () => {
  expect(exampleCurl("http://localhost:3000/in/abc")).toBe(
    `curl -X POST http://localhost:3000/in/abc -H 'Content-Type: application/json' -d '{"hello":"world"}'`,
  );
});
