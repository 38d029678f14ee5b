import { describe, expect, test } from "vitest";
import type { TargetPolicy } from "./target-policy.ts";
import { fakeResolve, newSender, OK, startTarget } from "./testing.ts";

/** Stands for a public address: Linux answers on all of 127.0.0.0/8, and the list allows this one. */
const PUBLIC = "127.0.0.2";
const asPublic = { ranges: [`${PUBLIC}/32`], hosts: [] };

const redirectTo = (location: string) =>
  `HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;

describe("with private targets off, nothing connects to a private address", () => {
  test.each([
    "http://127.0.0.1",
    "http://127.1",
    "http://127.0.1",
    "http://2130706433",
    "http://0x7f000001",
    "http://0x7f.0.0.1",
    "http://0X7F.1",
    "http://0177.0.0.1",
    "http://017700000001",
    "http://0177.0x0.0.1",
    "http://127.0.0.1.",
    "http://127。0。0。1",
    "http://127.0.0.1",
    "http://①②⑦.⓪.⓪.①",
    "http://%31%32%37.0.0.1",
    "http://0",
    "http://0.0.0.0",
    "http://[::]",
    "http://[::1]",
    "http://[0:0:0:0:0:0:0:1]",
    "http://[::ffff:127.0.0.1]",
    "http://[::ffff:7f00:1]",
    "http://[::127.0.0.1]",
    "http://[2002:7f00:1::]",
    "http://[2001:0:7f00:1::]",
    "http://[64:ff9b::127.0.0.1]",
    "http://[64:ff9b::8.8.8.8]",
    "http://[fe80::1]",
    "http://[fd00:ec2::254]",
    "http://169.254.169.254",
    "http://0251.0376.0251.0376",
    "https://10.0.0.1",
  ])("%s, which no lookup sees", async (spelling) => {
    const target = await startTarget();
    const { resolve, asked } = fakeResolve([PUBLIC]);
    const send = newSender({ privateTargets: "none", resolve });
    const url = new URL(spelling);
    if (url.protocol === "http:") url.port = String(target.port);
    const { error, response } = await send(url.href);
    expect(error).toMatchObject({ code: "blocked_target" });
    expect(error?.message).toMatch(/is not a public address: .+ \((RFC|IANA)/);
    expect(response).toBeNull();
    expect(target.received).toEqual([]);
    expect(asked).toEqual([]);
  });

  test.each(["localhost", "LOCALHOST", "localhost.", "a.localhost"])(
    "%s, by the system's own lookup",
    async (host) => {
      const target = await startTarget();
      const send = newSender({ privateTargets: "none" });
      const { error } = await send(`http://${host}:${target.port}/`);
      expect(["blocked_target", "name_not_found"]).toContain(error?.code);
      if (host !== "a.localhost") expect(error?.code).toBe("blocked_target");
      expect(target.received).toEqual([]);
    },
  );

  test.each([
    ["only private ones", ["127.0.0.1"]],
    ["a public one first", [PUBLIC, "127.0.0.1"]],
    ["a private one first", ["127.0.0.1", PUBLIC]],
    ["a private one of the other family", [PUBLIC, "::1"]],
    ["a mapped one", [PUBLIC, "::ffff:127.0.0.1"]],
    ["a link-local one with its zone", ["fe80::1%lo"]],
  ])("a name with %s among its addresses", async (_what, answer) => {
    const target = await startTarget(OK, "0.0.0.0");
    const { resolve } = fakeResolve(answer);
    const send = newSender({ privateTargets: asPublic, resolve });
    const { error } = await send(`http://mixed.example:${target.port}/`);
    expect(error).toMatchObject({ code: "blocked_target", phase: "dns" });
    expect(error?.message).toContain("mixed.example");
    expect(target.received).toEqual([]);
  });

  test("a name that is rebound after the check: it is asked once for each connection", async () => {
    const target = await startTarget(OK, "0.0.0.0");
    const { resolve, asked } = fakeResolve([PUBLIC], ["127.0.0.1"]);
    const send = newSender({ privateTargets: asPublic, resolve });
    const url = `http://rebound.example:${target.port}/`;
    expect(await send(url)).toMatchObject({ response: { status: 200 }, error: null });
    expect(asked).toEqual(["rebound.example"]);
    expect((await send(url)).error?.code).toBe("blocked_target");
    expect(target.received).toHaveLength(1);
  });

  test("a socket that ends up elsewhere than at what was checked", async () => {
    const target = await startTarget();
    let asked = 0;
    const policy: TargetPolicy = {
      refuseHost: () => null,
      refuseAddress: (_host, address) => {
        asked += 1;
        return asked === 1 ? null : `${address} is forbidden`;
      },
    };
    const { error } = await newSender({ policy })(target.url());
    expect(error?.code).toBe("blocked_target");
    expect(target.received.join("")).toBe("");
  });

  test.each([
    ["an address", (port: number) => `http://127.0.0.1:${port}/`],
    ["an odd spelling", (port: number) => `http://0x7f.1:${port}/`],
    ["an IPv4-mapped one", (port: number) => `http://[::ffff:127.0.0.1]:${port}/`],
    ["a name", (port: number) => `http://inner.example:${port}/`],
    ["the same name, rebound", (port: number) => `http://outer.example:${port}/`],
  ])("a redirect to %s", async (_what, location) => {
    const inner = await startTarget();
    const outer = await startTarget(redirectTo(location(inner.port)), PUBLIC);
    const { resolve } = fakeResolve([PUBLIC], ["127.0.0.1"]);
    const send = newSender({ privateTargets: asPublic, resolve });
    const sent = await send(`http://outer.example:${outer.port}/`, {}, { followRedirects: true });
    expect(sent.error?.code).toBe("blocked_target");
    expect(sent.redirects).toHaveLength(1);
    expect(outer.received).toHaveLength(1);
    expect(inner.received).toEqual([]);
  });

  test.each(["file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1:1/_x", "http://["])(
    "a redirect to %s is a response like any other",
    async (location) => {
      const target = await startTarget(redirectTo(location), PUBLIC);
      const send = newSender({ privateTargets: asPublic });
      const sent = await send(target.url(), {}, { followRedirects: true });
      expect(sent).toMatchObject({ redirects: [], response: { status: 302 }, error: null });
    },
  );
});

describe("this server itself", () => {
  const options = {
    privateTargets: "none" as const,
    ownHosts: ["inlet.example", ".hooks.example"],
  };

  test.each(["inlet.example", "INLET.example.", "a.hooks.example"])(
    "is no target by its name: %s",
    async (host) => {
      const { resolve, asked } = fakeResolve([PUBLIC]);
      const { error } = await newSender({ ...options, resolve })(`http://${host}/`);
      expect(error).toMatchObject({ code: "blocked_target" });
      expect(error?.message).toContain("this server itself");
      expect(asked).toEqual([]);
    },
  );

  test.each([["http://9.9.9.9/"], ["http://other.example/"], ["http://[2606:4700::5]/"]])(
    "is no target by the address of an interface: %s",
    async (url) => {
      const ownAddresses = ["9.9.9.9", "2606:4700:0::5"];
      const { resolve } = fakeResolve(["9.9.9.9"]);
      const { error } = await newSender({ ...options, ownAddresses, resolve })(url);
      expect(error?.code).toBe("blocked_target");
      expect(error?.message).toContain("is an address of this server");
    },
  );
});

describe("a list of allowed targets", () => {
  test("lets a named host be wherever it is, and no other name", async () => {
    const target = await startTarget();
    const { resolve } = fakeResolve(["127.0.0.1"]);
    const send = newSender({ privateTargets: { ranges: [], hosts: ["Dev.Internal."] }, resolve });
    expect((await send(`http://dev.internal:${target.port}/`)).response?.status).toBe(200);
    expect((await send(`http://x.dev.internal:${target.port}/`)).error?.code).toBe(
      "blocked_target",
    );
    expect((await send(target.url())).error?.code).toBe("blocked_target");
  });

  test("lets its ranges be reached by address and by name, and no others", async () => {
    const [one, two] = [await startTarget(OK, "127.0.0.9"), await startTarget(OK, "127.0.1.9")];
    const { resolve } = fakeResolve(["127.0.0.9"], ["127.0.1.9"]);
    const send = newSender({ privateTargets: { ranges: ["127.0.0.0/24"], hosts: [] }, resolve });
    expect((await send(one.url())).response?.status).toBe(200);
    expect((await send(`http://name.example:${one.port}/`)).response?.status).toBe(200);
    expect((await send(two.url())).error?.code).toBe("blocked_target");
    expect((await send(`http://name.example:${two.port}/`)).error?.code).toBe("blocked_target");
    expect(two.received).toEqual([]);
  });
});
