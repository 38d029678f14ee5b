import { STATUS_CODES } from "node:http";
import { describe, expect, test } from "vitest";
import { moveRow } from "#components/headers/header-row.ts";
import { checkDraft } from "#components/reply/check-draft.ts";
import { rawReplyHead } from "#components/reply/raw-reply.ts";
import {
  contentTypeOf,
  isSameDraft,
  type ReplyDraft,
  toDraft,
  toDraftErrors,
  withContentType,
} from "#components/reply/reply-draft.ts";
import { REPLY_PRESETS } from "#components/reply/reply-presets.ts";
import { STATUS_TEXTS } from "#components/reply/status-texts.ts";
import { DEFAULT_REPLY } from "#lib/contract/reply.ts";

const DEFAULT = toDraft(DEFAULT_REPLY);
const row = (key: number, name: string, value = "") => ({ key, name, value });
const errorsOf = (part: Partial<ReplyDraft>, sharesOrigin = true) =>
  checkDraft({ ...DEFAULT, ...part }, sharesOrigin).errors;

describe("a draft", () => {
  test("of a reply is that reply again", () => {
    for (const { reply } of REPLY_PRESETS) {
      expect(checkDraft(toDraft({ ...reply, delayMs: 1_001 }), true)).toEqual({
        reply: { ...reply, delayMs: 1_001 },
        errors: null,
      });
    }
  });

  test("leaves out rows that are empty", () => {
    const { reply } = checkDraft({ ...DEFAULT, headers: [row(0, ""), row(1, "X-A", "")] }, true);
    expect(reply?.headers).toEqual([["X-A", ""]]);
  });

  test("is the same as another with the same rows, whatever their keys", () => {
    const a = { ...DEFAULT, headers: [row(0, "A", "1")] };
    expect(isSameDraft(a, { ...DEFAULT, headers: [row(7, "A", "1")] })).toBe(true);
    expect(isSameDraft(a, DEFAULT)).toBe(false);
  });
});

describe("what is wrong is said beside its field", () => {
  test.each([["99"], ["600"], ["200.5"], [""], ["two hundred"]])("status %j", (status) => {
    expect(errorsOf({ status })?.status).toContain("200 to 599");
  });

  test.each([["-1"], ["30.001"], [""], ["soon"], ["0.0005"]])("delay %j", (delay) => {
    expect(errorsOf({ delay })?.delay).toContain("0 to 30 seconds");
  });

  test("a body with a status that has none", () => {
    expect(errorsOf({ status: "204", body: "x" })?.body).toContain("no body");
  });

  test("a header's name and value, by the row that shows it", () => {
    const headers = [
      row(4, ""),
      row(5, "A B", "x"),
      row(6, "X-Fine", "a\nb"),
      row(7, "Content-Length", "1"),
    ];
    const rows = errorsOf({ headers })!.rows;
    expect([...rows.keys()]).toEqual([5, 6, 7]);
    expect(rows.get(5)?.name).toContain("A header name has only letters");
    expect(rows.get(6)?.value).toContain("no line breaks");
    expect(rows.get(7)?.name).toContain("set by the server");
  });

  test("a header that acts on the origin, only where the bin shares it", () => {
    const headers = [row(3, "Set-Cookie", "a=1")];
    expect(errorsOf({ headers })?.rows.get(3)?.name).toContain("whole origin");
    expect(errorsOf({ headers }, false)).toBeNull();
  });

  test("what only the server knows, too", () => {
    const draft = { ...DEFAULT, headers: [row(0, ""), row(1, "X-A", "1")] };
    const errors = toDraftErrors(draft, [
      { field: "reply.headers.0.1", message: "not here" },
      { field: "name", message: "is odd" },
    ]);
    expect(errors.rows.get(1)).toEqual({ value: "Not here" });
    expect(errors.other).toBe("Is odd");
  });
});

test("the content type is one of the headers", () => {
  const some = withContentType([row(0, "X-A", "1")], "text/plain");
  expect(some.map(({ name, value }) => [name, value])).toEqual([
    ["X-A", "1"],
    ["Content-Type", "text/plain"],
  ]);
  const other = withContentType([row(0, "content-TYPE", "a/b")], "c/d");
  expect([contentTypeOf(other), other[0]?.name]).toEqual(["c/d", "content-TYPE"]);
  expect(withContentType(other, "")).toEqual([]);
});

test("rows move by one place, and not beyond the ends", () => {
  const rows = [row(0, "a"), row(1, "b"), row(2, "c")];
  const names = (key: number, by: 1 | -1) =>
    moveRow(rows, key, by)
      .map(({ name }) => name)
      .join("");
  expect([names(0, 1), names(2, -1), names(0, -1), names(2, 1)]).toEqual([
    "bac",
    "acb",
    "abc",
    "abc",
  ]);
});

test("the preview has the server's own reason phrases and headers", () => {
  const final = Object.entries(STATUS_CODES).filter(([code]) => Number(code) >= 200);
  expect(STATUS_TEXTS).toEqual(Object.fromEntries(final));
  expect(rawReplyHead({ ...DEFAULT_REPLY, body: "é" }, false)).toBe(
    [
      "HTTP/1.1 200 OK",
      "Inlet-Capture: …",
      "Access-Control-Allow-Origin: *",
      "Access-Control-Expose-Headers: *",
      "Content-Length: 2",
      "Date: …",
    ].join("\n"),
  );
  expect(rawReplyHead({ ...DEFAULT_REPLY, status: 204 }, true)).not.toContain("Content-Length");
});
