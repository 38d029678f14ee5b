import fc from "fast-check";
import { expect, test } from "vitest";
import { makeTypes } from "#components/types/make-types.ts";
import { TYPE_LANGUAGES, type TypeLanguage } from "#components/types/type-language.ts";
import { typeName } from "#components/types/type-name.ts";

const encoder = new TextEncoder();

function make(texts: string[], language: TypeLanguage = "typescript") {
  return makeTypes({ bodies: texts.map((text) => encoder.encode(text)), language, name: "Order" });
}

test("what only some bodies have is optional", async () => {
  const { code } = await make(['{"id":1,"note":"x"}', '{"id":"a"}']);
  expect(code).toContain("interface Order");
  expect(code).toMatch(/id: +number \| string;/);
  expect(code).toMatch(/note\?: +string;/);
});

test("a date is a string, as it is in JSON; the schema says that it is a date", async () => {
  const body = '{"at":"2026-11-21T12:00:00Z"}';
  expect((await make([body])).code).toMatch(/at: +string/);
  expect((await make([body], "schema")).code).toContain('"format": "date-time"');
});

test("what has no name in a language gives no code, and a schema all the same", async () => {
  const body = '["a","b"]';
  expect(await make([body])).toMatchObject({ code: "", used: 1 });
  expect((await make([body], "schema")).code).toContain('"type": "array"');
});

test("counts what is left out", async () => {
  expect(await make(['{"a":1}', "no json", "", "{"])).toMatchObject({
    used: 1,
    notJson: 2,
    empty: 1,
  });
  expect(await make(["", "x"])).toMatchObject({ code: null, used: 0 });
});

test("long numbers, keys that come twice and deep nesting are no trouble", async () => {
  const { code, hasLongNumbers } = await make(['{"id":12345678901234567890,"a":1,"a":"x"}']);
  expect(hasLongNumbers).toBe(true);
  expect(code).toMatch(/id: +number/);
  const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
  expect(await make([deep])).toMatchObject({ code: null, notJson: 1 });
});

const languages = Object.keys(TYPE_LANGUAGES) as TypeLanguage[];
test.each(languages)("any JSON object has types in %s", async (language) => {
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue()), async (value) => {
      const { code } = await make([JSON.stringify(value)], language);
      // Of a plain map, as an object without fields of its own may be read, some name nothing.
      if (language === "schema") expect(code).toContain('"$schema"');
      else expect(code).not.toBeNull();
    }),
    { numRuns: 30 },
  );
});

test.each([
  ["/hooks/order-created", "OrderCreated"],
  ["/orders/12345", "Orders"],
  ["/", "Payload"],
  ["/123/☃", "Payload"],
])("what is sent to %s is called %s", (path, name) => {
  expect(typeName(path)).toBe(name);
});
