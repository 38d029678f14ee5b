import { expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/reply.ts";
import { prepareHead } from "#lib/outbound/request-head.ts";
import { connectionNotes } from "./connection-headers.ts";

const CASES: HeaderPair[][] = [
  [
    ["Host", "a"],
    ["HOST", "b"],
    ["Accept", "*/*"],
    ["connection", "keep-alive, X-Own"],
    ["x-own", "1"],
    ["Content-Length", "2"],
    ["Content-Length", "2"],
    ["constructor", "x"],
  ],
  [
    ["Transfer-Encoding", "gzip"],
    ["TE", "trailers"],
    ["X-A", "1"],
    ["x-a", ""],
  ],
  [
    ["Content-Length", "2"],
    ["Transfer-Encoding", "gzip, chunked"],
    ["Upgrade", "h2c"],
  ],
];

test.each(CASES)("the editor says of the same headers as the server does: %j", (...headers) => {
  const message = { method: "POST", target: "/", headers, trailers: [], body: new Uint8Array(9) };
  const { notCarried } = prepareHead(message, "target.test");
  const noted = connectionNotes(headers).flatMap((note, i) => (note === null ? [] : [headers[i]]));
  expect(noted).toEqual(notCarried.map(({ name, value }) => [name, value]));
  for (const [i, note] of connectionNotes(headers).entries()) {
    if (note === null) continue;
    const [name, value] = headers[i]!;
    const place = noted.indexOf(headers[i]);
    const { sent } = notCarried[place]!;
    expect(note.startsWith("Left out"), `${name}: ${value} is ${note}`).toBe(sent === null);
  }
});
