import { describe, expect, test } from "vitest";
import { findMalformed } from "./malformed.ts";

const ID = "a".repeat(20);
const OTHER = "b".repeat(20);
const bad = `GET /in/${ID}/bad?q HTTP/1.1\r\nHost: a\r\nBad Name: 1\r\n\r\n`;

/** Where in the packet the refused request begins; null where none was found. */
function startOf(packet: string, errorOffset = packet.indexOf("Bad Name") + 3) {
  const found = findMalformed(Buffer.from(packet, "latin1"), errorOffset, ".hooks.test");
  return found && { start: packet.length - found.raw.byteLength, target: found.target };
}

const found = (packet: string) => ({ start: packet.indexOf(bad), target: `/in/${ID}/bad?q` });
const requestInBody = `x\r\nGET /in/${OTHER} HTTP/1.1\r\n\r\n.`;
const post = (framing: string, body: string) =>
  `POST /in/${OTHER} HTTP/1.1\r\n${framing}\r\n\r\n${body}`;

describe("the request that the parser refused", () => {
  test.each([
    ["alone", bad],
    ["after empty lines", `\r\n\r\n${bad}`],
    ["before another request", `${bad}GET /in/${OTHER} HTTP/1.1\r\n\r\n`],
    ["after a body without a line's end", `${post("Content-Length: 2", "ok")}${bad}`],
    ["after two such", `${post("Content-Length: 2", "ok").repeat(2)}${bad}`],
    [
      "after a body that names a bin itself",
      `${post(`content-length:${requestInBody.length}`, requestInBody)}${bad}`,
    ],
    [
      "after chunks and trailers",
      `${post("Transfer-Encoding: chunked", "2;x=y\r\nok\r\n0\r\nSum: 1\r\n\r\n")}${bad}`,
    ],
    ["after the end of a body that began in another packet", `tail of a body\r\n${bad}`],
  ])("is found %s", (_name, packet) => {
    expect(startOf(packet)).toEqual(found(packet));
  });

  test("is found by its host", () => {
    const packet = `GET /x HTTP/1.1\r\nHost: ${ID}.HOOKS.test:80\r\nBad Name: 1\r\n\r\n`;
    expect(startOf(packet)).toEqual({ start: 0, target: "/x" });
  });

  test.each([
    ["of the dashboard", "GET /bins HTTP/1.1\r\nBad Name: 1\r\n\r\n"],
    ["whose first line is in another packet", "Bad Name: 1\r\n\r\n"],
    ["that is only named after the error", `Bad Name: 1\r\n\r\nGET /in/${ID} HTTP/1.1\r\n\r\n`],
    ["of an id that no bin has", "GET /in/short HTTP/1.1\r\nBad Name: 1\r\n\r\n"],
  ])("is nobody's %s", (_name, packet) => {
    expect(startOf(packet)).toBeNull();
  });
});
