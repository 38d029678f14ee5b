import { describe, expect, test } from "vitest";
import { matches, type SearchRecord } from "./matches.ts";
import { parseQuery } from "./parse.ts";

const now = Date.UTC(2026, 10, 21, 12);

const record: SearchRecord = {
  id: "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f",
  receivedAt: new Date(now - 60_000),
  method: "POST",
  path: "/orders/%C3%A9",
  query: "page=2",
  contentType: "application/json; charset=utf-8",
  remoteIp: "2001:db8::7",
  bodySize: 10_241,
  truncated: true,
  problem: "truncated",
  note: "Größe",
  starred: true,
  headers: [
    ["X-Event", "Push"],
    ["x-event", "ping"],
    ["X-Name", Buffer.from("Zoë").toString("latin1")],
  ],
  body: Buffer.from(
    '{"action":"Opened","id":9007199254740993,"a":[{"b":1.50},{"b":"\\u00e9"}],"a":null}',
  ),
};

const found = (query: string, change: Partial<SearchRecord> = {}) => {
  const parsed = parseQuery(query);
  if (!parsed.ok) throw new Error(`${query}: ${parsed.error.message}`);
  return matches(parsed.query, { ...record, ...change }, now);
};

test.each([
  "",
  "opened",
  "PUSH",
  "orders/%c3%a9?PAGE=2",
  "größe",
  "zoë",
  "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f",
  "method:post,get",
  "path:/ORDERS",
  "path:=/orders/%c3%a9",
  "query:=page=2",
  "type:json",
  "header:x-EVENT",
  "header:x-event=PING",
  "header:x-event~us",
  "header:x-name=Zoë",
  "body:'OPENED' OR body:opened",
  "json:$.action=opened",
  "json:$.action~pen",
  "json:$.id=9007199254740993",
  "json:$.id>9007199254740992",
  "json:$.a[*].b=1.5",
  "json:$.a[0].b>=1.5",
  "json:$.a[1].b=é",
  "json:$.a=null",
  "json:a[0]",
  "json:$.*=opened",
  "ip:2001:DB8:0::7",
  "ip:2001:db8::/32",
  "ip:2001:",
  "size:>10k",
  "size:10k..11k",
  "after:1m",
  "before:30s",
  "before:2026-11-21T12:00 after:2026-11-21",
  "is:starred is:problem is:truncated",
  "-is:aborted",
  "note:RÖSSE OR note:größe",
  "(method:GET OR opened) -closed",
])("%s matches", (query) => expect(found(query)).toBe(true));

test.each([
  "closed",
  "GRÖSSE",
  "method:GET",
  "path:=/orders",
  "header:x-eve",
  "header:x-event=pus",
  "body:=opened",
  "json:$.Action=opened",
  "json:$.action=open",
  "json:$.id=9007199254740992",
  "json:$.a[2]",
  "json:$.action>1",
  "ip:2001:db8::70",
  "size:10k",
  "before:1m",
  "is:aborted",
  "-opened",
])("%s does not match", (query) => expect(found(query)).toBe(false));

describe("JSON", () => {
  test.each([
    ['{"a":1,"b', true],
    ['{"a":1', true],
    ['{"a":1}\n{"a":2}', true],
    ['\ufeff{"a":1}', true],
    ['{"x":{"a":1}}', false],
    ['{"x":"\\"a\\":1","b":2}', false],
    ["a=1", false],
    ['{"a" 1}', false],
    ["[".repeat(100_000), false],
  ])("%.30s", (body, isFound) => {
    expect(found("json:$.a=1", { body: Buffer.from(body) })).toBe(isFound);
  });
});
