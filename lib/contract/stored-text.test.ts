import { describe, expect, test } from "vitest";
import { createBinSchema } from "./bin.ts";
import { updateCaptureSchema } from "./capture.ts";

describe.each([
  ["a bin's name", createBinSchema, "name"],
  ["a capture's note", updateCaptureSchema, "note"],
] as const)("%s", (_, schema, field) => {
  test.each(["plain", "é ☃ \u{1f375}", "two\nlines\u0001"])("may be %j", (text) => {
    expect(schema.parse({ [field]: text })).toEqual({ [field]: text });
  });

  test.each(["NUL\0here", "half \ud83d", "\udf75 half"])(
    "may not be %j, which a database cannot give back",
    (text) => {
      const { error } = schema.safeParse({ [field]: text });
      expect(error?.issues.map(({ path }) => path)).toEqual([[field]]);
    },
  );
});
