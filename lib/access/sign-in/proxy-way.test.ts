import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { expectProblem } from "../../api/testing.ts";
import type { CreatedBin } from "../../contract/bin.ts";
import type { CreatedDeviceLink } from "../../contract/workspace.ts";
import { bootAndFail } from "../../testing/boot.ts";
import { newFolder } from "../../testing/databases.ts";
import { cookieOf } from "../../testing/form.ts";
import { connectLive, openSocket } from "../../testing/live-client.ts";
import { exchange } from "../../testing/raw-http.ts";
import { startServer } from "../../testing/server.ts";

const AUTH_HEADER = "X-Forwarded-User";

/** Every connection comes from a loopback address: here those are the proxy's … */
const server = await startServer({ AUTH_HEADER, TRUST_PROXY: "127.0.0.0/8, ::1" });
/** … and here they are not. */
const stranger = await startServer({ AUTH_HEADER, TRUST_PROXY: "192.0.2.1" });
afterAll(async () => void (await Promise.all([server.stop(), stranger.stop()])));

const as = (user: string, more: Record<string, string> = {}) => ({ [AUTH_HEADER]: user, ...more });

async function makeBin(headers: Record<string, string>) {
  const response = await fetch(`${server.url}/api/v1/bins`, { method: "POST", headers });
  expect(response.status).toBe(201);
  return { ...((await response.json()) as CreatedBin), cookie: cookieOf(response) };
}

async function binsOf(headers: Record<string, string>): Promise<string[]> {
  const response = await fetch(`${server.url}/api/v1/bins`, { headers });
  expect(response.status).toBe(200);
  return ((await response.json()) as { bins: CreatedBin[] }).bins.map(({ id }) => id);
}

describe("a person whom the proxy names", () => {
  test("comes to the same bins from everywhere, and to nobody else's", async () => {
    const bin = await makeBin(as("ann@example.com"));
    expect(await binsOf(as("ann@example.com"))).toEqual([bin.id]);
    expect(await binsOf(as("ben@example.com"))).toEqual([]);
    // Two of them, one browser: whatever cookie is left in it, the name counts.
    const cookie = cookieOf(
      await fetch(`${server.url}/api/v1/bins`, { headers: as("ann@example.com") }),
    );
    expect(await binsOf(as("ben@example.com", { cookie }))).toEqual([]);
    const page = await fetch(`${server.url}/bins/${bin.id}`, { headers: as("ben@example.com") });
    expect(page.status).toBe(404);
    const client = await connectLive(server, { headers: as("ann@example.com") });
    expect(await client.watch(bin.id, null)).toMatchObject({ ok: true });
    const other = await connectLive(server, { headers: as("ben@example.com") });
    expect(await other.watch(bin.id, null)).toEqual({ ok: false, code: "not_found" });
  });

  test("is shown by name, in any script, and is not offered to sign out here", async () => {
    const html = await (
      await fetch(server.url, { headers: as(Buffer.from("Zoë Ω").toString("latin1")) })
    ).text();
    expect(html).toContain("Zoë Ω");
    expect(html).not.toContain("/sign-out");
  });

  test("uses up no link to another device, by name or with a token", async () => {
    const DATABASE_URL = `file:${join(await newFolder(), "inlet.db")}`;
    const post = (to: string, path: string, headers: Record<string, string>) =>
      fetch(`${to}/api/v1${path}`, { method: "POST", headers });
    const open = await startServer({ DATABASE_URL });
    const [owner, other] = [await open.createBin(), await open.createBin()];
    const bearer = { authorization: `Bearer ${owner.token}` };
    const made = await post(open.url, "/workspace/device-links", bearer);
    const { url } = (await made.json()) as CreatedDeviceLink;
    await open.stop();

    const env = { AUTH_HEADER, TRUST_PROXY: "127.0.0.0/8, ::1", DATABASE_URL };
    const closed = await startServer(env);
    const path = `/device-links/${url.split("/").at(-1)}`;
    const token = { authorization: `Bearer ${other.token}` };
    for (const headers of [as("ann@example.com"), as("ann@example.com", token), token]) {
      const response = await post(closed.url, path, headers);
      expect(response.headers.getSetCookie()).toEqual([]);
      const { detail } = await expectProblem(response, "invalid_request");
      expect(detail).toContain("a workspace goes with whoever signs in");
    }
    await expectProblem(
      await post(closed.url, "/workspace/device-links", bearer),
      "invalid_request",
    );
    await closed.stop();

    const again = await startServer({ DATABASE_URL });
    onTestFinished(async () => void (await again.stop()));
    expect((await post(again.url, path, {})).status).toBe(200);
  });

  test("acts from our own pages alone", async () => {
    const headers = as("ann@example.com", { origin: "https://evil.test" });
    const response = await fetch(`${server.url}/api/v1/bins`, { method: "POST", headers });
    expect(response.status).toBe(403);
  });
});

describe("nobody", () => {
  test.each([
    ["no name", []],
    ["an empty name", [`${AUTH_HEADER}: `]],
    // A client's own, and the proxy's after it.
    ["two names", [`${AUTH_HEADER}: root`, `${AUTH_HEADER}: ann@example.com`]],
    ["a name that is no name", [`${AUTH_HEADER}: ${"x".repeat(1_000)}`]],
    ["another spelling of the header", ["X_Forwarded_User: ann@example.com"]],
  ])("with %s", async (_what, lines) => {
    const head = ["GET /api/v1/bins HTTP/1.1", "Host: inlet.test", "Connection: close", ...lines];
    const { status } = await exchange(server.port, `${head.join("\r\n")}\r\n\r\n`);
    expect(status).toBe(401);
  });

  test("who does not come through the proxy, whatever the header says", async () => {
    const headers = as("ann@example.com", { "x-forwarded-for": "192.0.2.1" });
    expect((await fetch(`${stranger.url}/api/v1/bins`, { headers })).status).toBe(401);
    const page = await fetch(`${stranger.url}/bins`, { headers, redirect: "manual" });
    expect(page.headers.get("location")).toBe("/sign-in?next=%2Fbins");
    const client = openSocket(stranger, { headers });
    const error = await new Promise<Error>((refused) => client.once("connect_error", refused));
    expect(error.message).toContain("not signed in");
    const html = await (await fetch(`${stranger.url}/sign-in`, { headers })).text();
    expect(html).toContain("x-forwarded-user");
  });
});

test("the header alone, without the addresses of the proxy, stops the start", async () => {
  for (const TRUST_PROXY of ["", "1"]) {
    const { code, stderr } = await bootAndFail({ AUTH_HEADER, TRUST_PROXY });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^Inlet cannot start: AUTH_HEADER must come with TRUST_PROXY[^\n]*\n$/);
  }
});
