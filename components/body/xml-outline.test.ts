import fc from "fast-check";
import { expect, test } from "vitest";
import { opens } from "./outline.ts";
import { outlineXml } from "./xml-outline.ts";

function rows(text: string): string[] {
  const { outline, fault } = outlineXml(text);
  expect(fault).toBeNull();
  return Array.from({ length: outline!.length }, (_, row) => {
    const end = opens(outline!, row)
      ? text.indexOf(">", outline!.start[row]) + 1
      : outline!.end[row];
    return "  ".repeat(outline!.depth[row]!) + text.slice(outline!.start[row], end);
  });
}

test("tags, texts and what else there is become rows", () => {
  const text =
    '\ufeff<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e "x">]><a b="1 > 0"><c>text &e;</c><d/>\n loose\n text <!-- n --><![CDATA[<z>]]><e><f></f></e></a>\n';
  expect(rows(text)).toEqual([
    '<?xml version="1.0"?>',
    '<!DOCTYPE a [<!ENTITY e "x">]>',
    '<a b="1 >',
    "  <c>text &e;</c>",
    "  <d/>",
    "  loose",
    "  text",
    "  <!-- n -->",
    "  <![CDATA[<z>]]>",
    "  <e>",
    "    <f></f>",
    "  </e>",
    "</a>",
  ]);
});

test.each([
  ["<a><b></a>", 6, "there is </a> where </b> should be"],
  ["<a>", 3, "the text ends where </a> should be"],
  ["</a>", 0, "there is </a> where no closing tag should be"],
  ["<a", 0, "the tag a does not end"],
  ["<a/><b/>", 4, "there is a second element at the top"],
  ["<!-- x", 0, "this does not end"],
  ["hello", 0, "there is text outside of the document"],
  ["< a/>", 0, "there is no name after <"],
  ["", 0, "there is no element"],
])("points at the fault in %s", (text, at, message) => {
  expect(outlineXml(text).fault).toEqual({ at, message });
});

test("a million levels, and a tag that never ends, take no long time", () => {
  const depth = 300_000;
  expect(outlineXml("<a>".repeat(depth) + "</a>".repeat(depth)).outline!.length).toBe(
    depth * 2 - 1,
  );
  expect(outlineXml(`<a ${'b="'.repeat(100_000)}`).fault).not.toBeNull();
  expect(outlineXml(`<a>${"<b ".repeat(100_000)}`).fault).not.toBeNull();
});

test("any text ends without an exception", () => {
  const soup = fc
    .array(
      fc.constantFrom(
        "<",
        ">",
        "</",
        "/>",
        "a",
        "b",
        "=",
        '"',
        "'",
        " ",
        "\n",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "<?",
        "?>",
        "<!",
        "[",
      ),
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(soup, (text) => {
      const { outline } = outlineXml(text);
      for (let row = 0; row < (outline?.length ?? 0); row += 1) {
        expect(outline!.end[row]).toBeGreaterThan(outline!.start[row]!);
      }
    }),
    { numRuns: 3_000 },
  );
});
