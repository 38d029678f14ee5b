import { describe, expect, test } from "vitest";
import { captureIdOf, latin1, serverForTests } from "../testing/conformance.ts";

const get = (binId: string, lines: string[]) =>
  `${[`GET /in/${binId} HTTP/1.1`, "Host: inlet.test", ...lines].join("\r\n")}\r\n\r\n`;

describe("the workspace's own cookie", () => {
  const subject = serverForTests({ CAPTURE_HOST: "*.hooks.test" });

  test("is withheld below the dashboard's origin, every other byte is kept", async () => {
    const bin = await subject.newBin();
    const cookies = (secret: string, other: string) => [
      `Cookie: a=1; inlet=${secret};b = "x;y";; inlet2=2; ;xinlet=3;__Host-inlet=${secret} ;c`,
      "X-Cookie: inlet=kept",
      `cOOkie:inlet=${secret}`,
      `Set-Cookie: inlet=${other}`,
    ];
    const came = await subject.roundTrip(bin, get(bin.id, cookies("inlet_SECRET", "kept")));
    const expected = cookies("[withheld by Inlet]", "kept").map((line) =>
      line.replace("cOOkie:", "cOOkie: ").replace("Inlet] ;c", "Inlet];c"),
    );
    expect(came).toBe(get(bin.id, expected));
    expect(came).not.toContain("SECRET");
  });

  test("is withheld from an upgrade and from one that is broken off", async () => {
    const bin = await subject.newBin();
    const cookie = "Cookie: inlet=inlet_SECRET";
    const lines = [cookie, "Connection: Upgrade", "Upgrade: websocket"];
    const upgraded = await subject.exchange(get(bin.id, lines));
    const broken = await subject.exchange(
      `${get(bin.id, [cookie, "Transfer-Encoding: chunked"])}xyz\r\n`,
    );
    for (const response of [upgraded, broken]) {
      const came = latin1(await bin.http(captureIdOf(response)));
      expect(came).toContain("Cookie: inlet=[withheld by Inlet]");
    }
  });

  test("is withheld from a request that is not valid HTTP", async () => {
    const bin = await subject.newBin();
    const request = get(bin.id, ["Cookie: a=1; inlet=inlet_SECRET; b=2", "Bad Name: 1"]);
    const response = await subject.exchange(request);
    const came = latin1(await bin.http(captureIdOf(response)));
    expect(came).toBe(request.replace("inlet_SECRET", "[withheld by Inlet]"));
  });

  test("is a cookie like all others on a bin's own host, which never gets ours", async () => {
    const bin = await subject.newBin();
    const request = `GET / HTTP/1.1\r\nHost: ${bin.id}.hooks.test\r\nCookie: inlet=theirs\r\n\r\n`;
    expect(await subject.roundTrip(bin, request)).toBe(request);
  });
});

/** What a capture says of its sender, who sent these headers. */
const sender = async (subject: ReturnType<typeof serverForTests>, lines: string[]) => {
  const bin = await subject.newBin();
  const request = get(bin.id, lines);
  const response = await subject.exchange(request);
  const capture = await bin.capture(captureIdOf(response));
  expect(latin1(await bin.http(capture.id))).toBe(request);
  return { remoteIp: capture.remoteIp, tls: capture.tls };
};

const FORWARDED = ["X-Forwarded-For: 203.0.113.9, 198.51.100.7", "X-Forwarded-Proto: https"];

describe("forwarding headers", () => {
  const direct = serverForTests();
  const oneProxy = serverForTests({ TRUST_PROXY: "1" });
  const twoProxies = serverForTests({ TRUST_PROXY: "loopback, 198.51.100.0/24" });
  const otherProxy = serverForTests({ TRUST_PROXY: "192.0.2.1" });

  test("are not believed unless TRUST_PROXY is set", async () => {
    expect(await sender(direct, FORWARDED)).toEqual({ remoteIp: "127.0.0.1", tls: false });
  });

  test("are not believed from a peer that TRUST_PROXY does not name", async () => {
    expect(await sender(otherProxy, FORWARDED)).toEqual({ remoteIp: "127.0.0.1", tls: false });
  });

  test("are believed for as many proxies as TRUST_PROXY counts", async () => {
    expect(await sender(oneProxy, FORWARDED)).toEqual({ remoteIp: "198.51.100.7", tls: true });
  });

  test("are believed through the addresses that TRUST_PROXY names", async () => {
    expect(await sender(twoProxies, FORWARDED)).toEqual({ remoteIp: "203.0.113.9", tls: true });
  });

  test("may be absent, and may say that there was no TLS", async () => {
    expect(await sender(oneProxy, [])).toEqual({ remoteIp: "127.0.0.1", tls: false });
    const plain = ["X-Forwarded-For: 2001:db8::1", "X-Forwarded-Proto: http"];
    expect(await sender(oneProxy, plain)).toEqual({ remoteIp: "2001:db8::1", tls: false });
  });

  test("of a request that is not valid HTTP are not known", async () => {
    const bin = await oneProxy.newBin();
    const response = await oneProxy.exchange(get(bin.id, [...FORWARDED, "Bad Name: 1"]));
    const { remoteIp } = await bin.capture(captureIdOf(response));
    // The head was refused, so nothing in it is known: the address is the proxy's.
    expect(remoteIp).toBe("127.0.0.1");
  });
});
