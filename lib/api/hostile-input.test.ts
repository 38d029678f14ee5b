/**
 * Whatever is put into a parameter or a property of any call of the OpenAPI document, the answer is
 * the call's own or says what is wrong: it is never the server that has failed (5xx). PostgreSQL
 * minds what SQLite does not: NUL, lone surrogates, numbers beyond a column's type.
 */
import { describe, expect, inject, test } from "vitest";
import { problemSchema } from "#lib/contract/problem.ts";
import { createDatabase } from "#lib/testing/postgres.ts";
import {
  inputOf,
  makeLink,
  makeThings,
  type Operation,
  operationsOf,
  targetOf,
} from "./testing/operations.ts";
import { type Call, startApi } from "./testing.ts";

const apis = {
  sqlite: await startApi(),
  postgresql: await startApi({ DATABASE_URL: await createDatabase(inject("postgresUrl")) }),
};
type Api = (typeof apis)["sqlite"];
const operations = await operationsOf(apis.sqlite);

const NUMBERS = [-1, 0, 1.5, 2 ** 31, 2 ** 53 + 2, 2 ** 63, 1e308];
const TEXTS = [
  "",
  " ",
  "\0",
  "a\0b",
  "\u202e\u0085\u2028",
  "%",
  "..",
  "__proto__",
  "constructor",
  "NaN",
  "W".repeat(5_000),
  "(".repeat(500),
  'header:\0:"',
  "json:$..[",
  "size:>1e999 after:9999-99-99",
];
/** UTF-8 that is none, and the three bytes of a surrogate. */
const ESCAPES = ["%ff", "%ed%a0%80", "%00"];
const VALUES: unknown[] = [
  ...[null, true, [], {}, [null], [[]], Array(600).fill("x")],
  ...NUMBERS,
  ...TEXTS,
  "\ud800",
  { "\ud800": "\udfff", constructor: { prototype: 1 } },
];

/** Targets and bodies of a call in which one thing is hostile. */
function* hostileCalls(
  operation: Operation,
  target: string,
  input: object,
): Iterable<[target: string, body: string | undefined]> {
  const body = operation.properties && JSON.stringify(input);
  const values = [...[...NUMBERS, ...TEXTS].map((value) => encodeURIComponent(value)), ...ESCAPES];
  for (const name of operation.query) {
    for (const value of values) {
      const mark = target.includes("?") ? "&" : "?";
      // The last one of a name counts, or both do.
      yield [`${target}${mark}${name}=${value}`, body ?? undefined];
    }
  }
  for (const name of operation.properties ?? []) {
    for (const value of VALUES) yield [target, JSON.stringify({ ...input, [name]: value })];
  }
  if (body === null) return;
  for (const value of VALUES) yield [target, JSON.stringify(value)];
  for (const text of ["", "{", "\ufeff{}", "[".repeat(10_000), '{"a":1e999}']) yield [target, text];
}

async function setUp(api: Api) {
  const owner = await api.newOwner();
  const { id } = await api.capture(owner, Buffer.from('{"token":"abcdefgh"}'));
  const { id: shareId, secret } = await makeLink(api, owner, `/bins/${owner.binId}`);
  return { owner, ids: await makeThings(api, owner, { id, shareId, secret }) };
}

describe.each(Object.entries(apis))("on %s", (_, api) => {
  test.each(operations)("$operationId", async (operation) => {
    const { owner, ids } = await setUp(api);
    const input = inputOf(api, operation.operationId);
    for (const [target, body] of hostileCalls(operation, targetOf(operation, ids), input)) {
      const headers = { ...owner.bearer, ...(body && { "content-type": "application/json" }) };
      const call: Call = { headers, body };
      const response = await api.call(operation.method, target, call);
      const where = `${operation.method} ${target.slice(0, 300)} ${body?.slice(0, 300)}`;
      expect(response.status, where).toBeLessThan(500);
      if (response.status >= 400) problemSchema.parse(await response.json());
      else await response.arrayBuffer();
    }
  });
});
