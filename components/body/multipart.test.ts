import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { boundaryOf, dispositionOf, headerOf, parseMultipart } from "./multipart.ts";

const bytesOf = (text: string) => Uint8Array.from(Buffer.from(text, "latin1"));
const slice = (bytes: Uint8Array, { start, end }: { start: number; end: number }) =>
  Buffer.from(bytes.subarray(start, end)).toString("latin1");

describe("what a form of the platform encodes comes apart again", () => {
  const name = fc
    .string({ unit: "grapheme", minLength: 1, maxLength: 20 })
    .filter((text) => !/[\r\n\\%]/.test(text) && !/\p{Cs}/u.test(text));

  test("fields and files, in their order, byte for byte", async () => {
    const entry = fc.record({ name, content: fc.uint8Array({ maxLength: 400 }), filename: name });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 6 }), async (entries) => {
        const form = new FormData();
        for (const { name, content, filename } of entries) {
          form.append(name, new File([new Uint8Array(content)], filename, { type: "image/png" }));
        }
        const response = new Response(form);
        const boundary = boundaryOf(response.headers.get("content-type"))!;
        const bytes = await response.bytes();
        const { parts, complete } = parseMultipart(bytes, boundary)!;
        expect(complete).toBe(true);
        expect(parts.map(dispositionOf)).toEqual(
          entries.map(({ name, filename }) => ({ name, filename })),
        );
        for (const [index, part] of parts.entries()) {
          expect(headerOf(part.headers, "content-type")).toBe("image/png");
          expect(
            Buffer.compare(bytes.subarray(part.start, part.end), entries[index]!.content),
          ).toBe(0);
        }
      }),
      { numRuns: 100 },
    );
  });
});

test("any bytes end without an exception, with parts in order and inside of them", () => {
  const pieces = fc.constantFrom(
    "--b",
    "--b--",
    "\r\n",
    "\n",
    "--b\r\n",
    "a: b",
    ":",
    " ",
    "\r\n\r\n",
    "x",
  );
  fc.assert(
    fc.property(fc.array(pieces), (texts) => {
      const bytes = bytesOf(texts.join(""));
      let at = 0;
      for (const { start, end } of parseMultipart(bytes, "b")?.parts ?? []) {
        expect(start).toBeGreaterThanOrEqual(at);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(bytes.length);
        at = end;
      }
    }),
    { numRuns: 3_000 },
  );
});

test("header lines stay as they were sent: order, case and duplicates", () => {
  const bytes = bytesOf(
    "pre\r\n--b\r\nX-A: 1\r\nx-a:2 \r\nLong: a\r\n\tb\r\n\r\nbody\r\n--b--\r\nepilogue",
  );
  const { parts, preamble, epilogue } = parseMultipart(bytes, "b")!;
  expect(parts[0]!.headers).toEqual([
    ["X-A", "1"],
    ["x-a", "2"],
    ["Long", "a b"],
  ]);
  expect(slice(bytes, parts[0]!)).toBe("body");
  expect(slice(bytes, preamble)).toBe("pre");
  expect(slice(bytes, epilogue)).toBe("epilogue");
});

test.each([
  ["bare line feeds", "--b\nA: 1\n\nbody\n--b--", ["body"], true],
  ["no headers", "--b\r\n\r\nbody\r\n--b--", ["body"], true],
  ["an empty part", "--b\r\nA: 1\r\n\r\n\r\n--b--", [""], true],
  ["a cut one", "--b\r\nA: 1\r\n\r\nbo", ["bo"], false],
  ["cut in the headers", "--b\r\nA: 1\r\nB", ["A: 1\r\nB"], false],
  [
    "a boundary with more behind it is content",
    "--b\r\n\r\nx\r\n--bc\r\ny\r\n--b--",
    ["x\r\n--bc\r\ny"],
    true,
  ],
  ["a boundary inside of a line is content", "--b\r\n\r\nx --b\r\n--b--", ["x --b"], true],
  ["line ends of the content stay", "--b\r\n\r\n\r\nx\r\n\r\n--b--", ["\r\nx\r\n"], true],
])("%s", (_, text, contents, complete) => {
  const bytes = bytesOf(text);
  const found = parseMultipart(bytes, "b")!;
  expect(found.parts.map((part) => slice(bytes, part))).toEqual(contents);
  expect(found.complete).toBe(complete);
});

test("no boundary in the body is no multipart", () => {
  expect(parseMultipart(bytesOf("hello"), "b")).toBeNull();
  expect(parseMultipart(new Uint8Array(), "b")).toBeNull();
});

test.each([
  ["multipart/form-data; boundary=abc", "abc"],
  ['Multipart/Mixed; charset=x; Boundary = "a b\\"c"', 'a b"c'],
  ["multipart/form-data", null],
  ["multipart/form-data; boundary=", null],
  ["text/plain; boundary=abc", null],
  [null, null],
])("the boundary of %j", (contentType, boundary) => {
  expect(boundaryOf(contentType)).toBe(boundary);
});

test.each([
  ['form-data; name="a"; filename="x.png"', "a", "x.png"],
  ["form-data; name=a; filename=x.png", "a", "x.png"],
  ['form-data; name="say %22hi%22"', 'say "hi"', null],
  ['form-data; name="a\\"b"', 'a"b', null],
  ['form-data; name="\xc3\xa9"', "é", null],
  ["form-data; name=a; filename=x; filename*=UTF-8''%e2%82%ac.txt", "a", "€.txt"],
  ["form-data; name=a; filename=x; filename*=UTF-8''%zz", "a", "x"],
  ["attachment", null, null],
])("%s", (value, name, filename) => {
  const part = { headers: [["content-disposition", value] as [string, string]], start: 0, end: 0 };
  expect(dispositionOf(part)).toEqual({ name, filename });
});
