import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CreatedBin } from "../contract/bin.ts";
import { startServer, type TestServer } from "../testing/server.ts";

const SECRET = /^inlet_[A-Za-z0-9_-]{43}$/;

type Attributes = Record<string, string | true>;

function parseSetCookie(header: string) {
  const [pair, ...rest] = header.split("; ");
  const [name, value] = pair!.split("=") as [string, string];
  const attributes: Attributes = {};
  for (const attribute of rest) {
    const [key, content] = attribute.split("=");
    attributes[key!] = content ?? true;
  }
  return { name, value, attributes };
}

async function newWorkspace(server: TestServer) {
  const response = await fetch(`${server.url}/api/v1/bins`, { method: "POST" });
  const { id, token } = (await response.json()) as CreatedBin;
  const cookies = response.headers.getSetCookie().map(parseSetCookie);
  return { binId: id, token: token!, cookie: cookies[0]!, count: cookies.length };
}

const listWith = async (server: TestServer, headers: Record<string, string>) =>
  (await fetch(`${server.url}/api/v1/bins`, { headers })).status;

describe("without TLS", () => {
  let folder: string;
  let server: TestServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "inlet-access-"));
    server = await startServer({
      DATABASE_URL: `file:${join(folder, "inlet.db")}`,
      LOG_LEVEL: "trace",
    });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });

  test("the workspace's cookie is out of reach for scripts and other sites", async () => {
    const { cookie, count } = await newWorkspace(server);
    expect(count).toBe(1);
    expect(cookie.name).toBe("inlet");
    expect(cookie.value).toMatch(SECRET);
    expect(cookie.attributes).toEqual({
      Path: "/",
      HttpOnly: true,
      SameSite: "Lax",
      "Max-Age": String(400 * 24 * 60 * 60),
    });
  });

  test("the cookie and the token are two secrets, each for its own place", async () => {
    const { cookie, token } = await newWorkspace(server);
    expect(token).toMatch(SECRET);
    expect(token).not.toBe(cookie.value);
    expect(await listWith(server, { cookie: `inlet=${cookie.value}` })).toBe(200);
    expect(await listWith(server, { authorization: `Bearer ${token}` })).toBe(200);
    expect(await listWith(server, { cookie: `inlet=${token}` })).toBe(401);
    expect(await listWith(server, { authorization: `Bearer ${cookie.value}` })).toBe(401);
  });

  test("neither secret is in the database's files or in the log, only their hashes", async () => {
    const { cookie, token, binId } = await newWorkspace(server);
    await listWith(server, { cookie: `inlet=${cookie.value}` });
    await listWith(server, { authorization: `Bearer ${token}` });
    await listWith(server, { authorization: `Bearer ${token}x` });
    await fetch(`${server.url}/in/${binId}`, { headers: { cookie: `inlet=${cookie.value}` } });
    const files = await readdir(folder);
    expect(files).toContain("inlet.db-wal");
    const contents = await Promise.all(files.map((file) => readFile(join(folder, file), "latin1")));
    const stored = contents.join("\n");
    for (const secret of [cookie.value, token]) {
      expect(stored.includes(secret)).toBe(false);
      expect(stored.includes(secret.slice("inlet_".length))).toBe(false);
      expect(stored.includes(createHash("sha256").update(secret).digest("base64url"))).toBe(true);
      expect(server.log.join("\n").includes(secret)).toBe(false);
    }
  });
});

describe("with an https PUBLIC_URL", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ PUBLIC_URL: "https://inlet.test" });
  });
  afterAll(() => server.stop());

  test("the cookie is bound to this host and to TLS", async () => {
    const { cookie } = await newWorkspace(server);
    expect(cookie.name).toBe("__Host-inlet");
    // RFC 6265bis 4.1.3.2: the prefix asks for Secure, Path=/ and no Domain.
    expect(cookie.attributes).toEqual({
      Path: "/",
      HttpOnly: true,
      SameSite: "Lax",
      Secure: true,
      "Max-Age": String(400 * 24 * 60 * 60),
    });
    expect(await listWith(server, { cookie: `__Host-inlet=${cookie.value}` })).toBe(200);
  });

  test("a cookie without the prefix, which another host could have set, opens nothing", async () => {
    const { cookie } = await newWorkspace(server);
    expect(await listWith(server, { cookie: `inlet=${cookie.value}` })).toBe(401);
  });
});
