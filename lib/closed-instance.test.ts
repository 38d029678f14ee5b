/**
 * What a closed instance shows to whom. Calls are taken from the OpenAPI document and pages from
 * the folder of pages and routes: a new one is expected to be closed, unless it is named here as open.
 */
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { expectProblem } from "./api/testing.ts";
import { projectRoot } from "./build/project-root.mjs";
import type { CreatedBin } from "./contract/bin.ts";
import { cookieOf, postForm } from "./testing/form.ts";
import { connectLive, openSocket } from "./testing/live-client.ts";
import { exchange } from "./testing/raw-http.ts";
import { binClient, startServer, type TestServer } from "./testing/server.ts";

const PASSWORD = "correct horse battery";

/** Calls and pages that everybody may make and see: what a link shows, and the way in. */
const OPEN_OPERATIONS = [
  "getShared",
  "listSharedCaptures",
  "getSharedCapture",
  "getSharedBody",
  "getSharedHttp",
  "exportShared",
  "resendShared",
];
const OPEN_PAGES = ["/sign-in", "/s/[secret]"];

const server = await startServer({ INSTANCE_PASSWORD: PASSWORD });
afterAll(() => server.stop());

async function signIn(to: Pick<TestServer, "url"> = server, password = PASSWORD) {
  const response = await postForm(`${to.url}/sign-in`, { password });
  expect(response.status).toBe(303);
  return { cookie: cookieOf(response), response };
}

/** A bin of somebody who signed in, with its token. */
async function newBin() {
  const { cookie } = await signIn();
  const response = await fetch(`${server.url}/api/v1/bins`, {
    method: "POST",
    headers: { cookie },
  });
  expect(response.status).toBe(201);
  const { token, ...bin } = (await response.json()) as CreatedBin;
  const headers = { cookie: `${cookie}; ${cookieOf(response)}` };
  return { ...binClient(server.url, bin, token!), headers };
}

type Document = { paths: Record<string, Record<string, { operationId: string }>> };

async function operations() {
  const { cookie } = await signIn();
  const response = await fetch(`${server.url}/api/v1/openapi.json`, { headers: { cookie } });
  const { paths } = (await response.json()) as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({
      path,
      method: method.toUpperCase(),
      operationId,
    })),
  );
}

const calls = await operations();
const root = projectRoot(import.meta.url);
const pages = readdirSync(join(root, "app"), { recursive: true, encoding: "utf8" })
  .filter((file) => /(^|\/)(page\.tsx|route\.ts)$/.test(file) && !file.startsWith("api/"))
  .map((file) => `/${file}`.replace(/\/[^/]+$/, "") || "/");

const someone = await newBin();
/** With ids, and the query that a call needs. */
const fill = (path: string) =>
  path
    .replace(/[[{]binId[\]}]/, someone.id)
    .replace(/[[{]secret[\]}]/, "A".repeat(24))
    .replace(/[[{]\w+[\]}]/g, "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f")
    .replace(/\/export$/, "/export?format=har");

/** The one call that is open and takes something. */
const VALID_RESEND = {
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ url: "http://example.com/" }),
};

describe("without signing in", () => {
  test.each(calls)("$operationId", async ({ path, method, operationId }) => {
    const isOpen = OPEN_OPERATIONS.includes(operationId);
    const response = await fetch(`${server.url}/api/v1${fill(path)}`, {
      method,
      ...(isOpen && method === "POST" && VALID_RESEND),
    });
    if (isOpen) return void (await expectProblem(response, "not_found"));
    const { detail } = await expectProblem(response, "unauthorized");
    expect(detail).toContain(`${server.publicUrl}/sign-in`);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(response.headers.getSetCookie()).toEqual([]);
  });

  test("the table of what is open names calls and pages that exist", () => {
    expect(calls.map(({ operationId }) => operationId)).toEqual(
      expect.arrayContaining(OPEN_OPERATIONS),
    );
    expect(pages).toEqual(expect.arrayContaining(OPEN_PAGES));
    expect(pages.length).toBeGreaterThan(4);
  });

  test.each(pages)("page %s", async (page) => {
    const callers: Record<string, string>[] = [
      {},
      { rsc: "1" },
      { authorization: `Bearer ${someone.token}` },
    ];
    for (const headers of callers) {
      const path = fill(page);
      const response = await fetch(server.url + path, { headers, redirect: "manual" });
      if (OPEN_PAGES.includes(page)) {
        // Next.js sends a navigation within the page to an address of its own first.
        expect([200, 307, 404], path).toContain(response.status);
        continue;
      }
      expect(response.status, path).toBe(303);
      const query = path === "/" ? "" : `?${new URLSearchParams({ next: path })}`;
      expect(response.headers.get("location")).toBe(`/sign-in${query}`);
      expect(await response.text()).toBe("");
    }
  });

  test.each([
    "/nowhere",
    "/s/../bins",
    "/s/%2e%2e/bins",
    "/api/v1/shared/../bins",
    "/api/v1/shared/%2e%2e/bins",
    "/api/v1/shared//bins",
    "/_next/static/../../bins",
    "/_next/static/%2e%2e/%2e%2e/bins",
    "/_next/image?url=/icon.svg&w=16&q=1",
    "/_next/data/x.json",
    "//bins",
    "/bins/",
    "/BINS",
    "/sign-in/",
    "/socket.io/../bins",
    "http://127.0.0.1/bins",
  ])("%s, written so as not to look closed, shows nothing", async (target) => {
    // As it is: `fetch` would tidy it up.
    const lines = [`GET ${target} HTTP/1.1`, `Host: 127.0.0.1:${server.port}`, "Connection: close"];
    const { status } = await exchange(server.port, `${lines.join("\r\n")}\r\n\r\n`);
    expect([303, 400, 401, 404]).toContain(status);
  });

  test("what the server writes for itself cannot be sent from outside", async () => {
    const admission = Buffer.from('{"name":"x","workspaceId":null,"sessionId":null}').toString(
      "base64url",
    );
    for (const name of ["inlet-admission", "Inlet-Admission", "inlet_admission"]) {
      const headers = {
        ...someone.headers,
        cookie: someone.headers.cookie.replace(/inlet_session=[^;]+;? ?/, ""),
        [name]: admission,
      };
      const bins = await fetch(`${server.url}/api/v1/bins`, { headers });
      expect(bins.status).toBe(401);
      const client = openSocket(server, { headers });
      const error = await new Promise<Error>((refused) => client.once("connect_error", refused));
      expect(error.message).toContain("not signed in");
    }
  });

  test("capture URLs, health, links, the socket of a link and the files of pages are open", async () => {
    const { id, token } = someone;
    const sent = await fetch(`${server.url}/in/${id}/hook`, { method: "POST", body: "hello" });
    expect(sent.status).toBe(200);
    for (const path of ["/healthz", "/readyz", "/icon.svg", "/favicon.ico"]) {
      expect((await fetch(server.url + path)).status, path).toBe(200);
    }
    const html = await (await fetch(`${server.url}/sign-in`)).text();
    const files = [...html.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)].map(
      ([, file]) => file,
    );
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect((await fetch(server.url + file)).status, file).toBe(200);
    const shared = await fetch(`${server.url}/api/v1/bins/${id}/shares`, {
      method: "POST",
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: "{}",
    });
    const link = (await shared.json()) as { id: string; url: string };
    const secret = new URL(link.url).pathname.slice("/s/".length);
    const page = await fetch(`${server.url}/s/${secret}`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain("/hook");
    const list = await fetch(`${server.url}/api/v1/shared/${secret}/captures`);
    expect(list.status).toBe(200);
    const client = await connectLive(server, { share: secret });
    expect(await client.watch(link.id, 0)).toMatchObject({ ok: true });
  });

  test("the socket is refused, and says why", async () => {
    for (const headers of [undefined, { cookie: someone.headers.cookie.split("; ")[1]! }]) {
      const client = openSocket(server, { headers });
      const error = await new Promise<Error & { data?: unknown }>((refused) =>
        client.once("connect_error", refused),
      );
      expect(error.message).toContain("Sign in at");
      expect(error.data).toEqual({ code: "unauthorized" });
    }
  });

  test("a workspace's token works for the API and its socket, a wrong one for nothing", async () => {
    expect((await someone.api(`/bins/${someone.id}`)).status).toBe(200);
    const client = await connectLive(server, { token: someone.token });
    expect(await client.watch(someone.id, null)).toMatchObject({ ok: true });
    const headers = { authorization: "Bearer inlet_nobody" };
    for (const path of ["/bins", "/openapi.json", "/nothing"]) {
      await expectProblem(await fetch(`${server.url}/api/v1${path}`, { headers }), "unauthorized");
    }
  });
});

describe("signing in", () => {
  test("opens the pages, the API and the socket, and keeps whose bins are whose", async () => {
    const one = await newBin();
    const other = await newBin();
    const get = (path: string, headers: Record<string, string>) =>
      fetch(server.url + path, { headers, redirect: "manual" });
    expect((await get(`/bins/${one.id}`, one.headers)).status).toBe(200);
    expect((await get(`/bins/${one.id}`, other.headers)).status).toBe(404);
    expect((await get(`/api/v1/bins/${one.id}`, one.headers)).status).toBe(200);
    expect((await get(`/api/v1/bins/${one.id}`, other.headers)).status).toBe(404);
    const client = await connectLive(server, { headers: one.headers });
    expect(await client.watch(one.id, null)).toMatchObject({ ok: true });
    expect(await client.watch(other.id, null)).toEqual({ ok: false, code: "not_found" });
    // Somebody who is in has no more to do there.
    const again = await get("/sign-in?next=%2Fbins", one.headers);
    expect([again.status, again.headers.get("location")]).toEqual([303, "/bins"]);
  });

  test("goes on to where one wanted to go, and nowhere else", async () => {
    for (const [next, location] of [
      ["/bins/x?q=1", "/bins/x?q=1"],
      ["//evil.test/", "/"],
      ["https://evil.test/", "/"],
    ] as const) {
      const response = await postForm(`${server.url}/sign-in`, { password: PASSWORD, next });
      expect(response.headers.get("location")).toBe(location);
    }
  });

  test("gives a cookie that no script reads, whose secret is nowhere in the database or the log", async () => {
    const folder = await mkdtemp(join(tmpdir(), "inlet-closed-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, "inlet.db");
    const own = await startServer({ INSTANCE_PASSWORD: PASSWORD, DATABASE_URL: `file:${file}` });
    const { cookie, response } = await signIn(own);
    await postForm(`${own.url}/sign-in`, { password: `${PASSWORD}, almost` });
    const [set] = response.headers.getSetCookie();
    expect(set).toMatch(
      /^inlet_session=inlet_[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/,
    );
    await own.stop();
    const secret = cookie.split("=")[1]!;
    for (const name of [file, `${file}-wal`].filter((path) => existsSync(path))) {
      const bytes = await readFile(name);
      expect(bytes.includes(secret)).toBe(false);
      expect(bytes.includes(PASSWORD)).toBe(false);
    }
    expect(own.log.join("\n")).not.toContain(PASSWORD);
    expect(own.log.join("\n")).not.toContain(secret);
  });

  test("over TLS sets a cookie for this host alone", async () => {
    const own = await startServer({
      INSTANCE_PASSWORD: PASSWORD,
      PUBLIC_URL: "https://inlet.test",
    });
    onTestFinished(async () => void (await own.stop()));
    const { response } = await signIn(own);
    expect(response.headers.getSetCookie()[0]).toMatch(/^__Host-inlet_session=.*; Secure$/);
  });

  test("lasts over a restart, until the password is another one", async () => {
    const folder = await mkdtemp(join(tmpdir(), "inlet-closed-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const DATABASE_URL = `file:${join(folder, "inlet.db")}`;
    const statusAt = async (password: string, cookie?: string) => {
      const own = await startServer({ INSTANCE_PASSWORD: password, DATABASE_URL });
      const session = cookie ?? (await signIn(own, password)).cookie;
      const { status } = await fetch(`${own.url}/api/v1/openapi.json`, {
        headers: { cookie: session },
      });
      await own.stop();
      return { status, session };
    };
    const { status, session } = await statusAt(PASSWORD);
    expect(status).toBe(200);
    expect((await statusAt(PASSWORD, session)).status).toBe(200);
    expect((await statusAt("another password", session)).status).toBe(401);
    // Going back makes it no more than it was: a session that has not ended.
    expect((await statusAt(PASSWORD, session)).status).toBe(200);
  });

  test("with a wrong password shows the form again, says so, and gives nothing", async () => {
    const fields = { password: "wrong", next: "/bins/x" };
    const response = await postForm(`${server.url}/sign-in`, fields);
    expect(response.status).toBe(401);
    expect(response.headers.getSetCookie()).toEqual([]);
    const html = await response.text();
    expect(html).toContain("not the password of this instance");
    expect(html).toContain('value="/bins/x"');
    expect(html).not.toContain('value="wrong"');
  });

  test("is for our own pages: another site can neither sign a browser in nor out", async () => {
    const { cookie } = await signIn();
    const foreign: Record<string, string>[] = [
      { origin: "https://evil.test" },
      { "sec-fetch-site": "cross-site" },
      { origin: "null" },
    ];
    for (const headers of foreign) {
      const sent = { ...headers, cookie };
      for (const path of ["/sign-in", "/sign-out"]) {
        const response = await postForm(server.url + path, { password: PASSWORD }, sent);
        await expectProblem(response, "forbidden_origin");
        expect(response.headers.getSetCookie()).toEqual([]);
      }
    }
    const own = { origin: server.publicUrl, cookie };
    expect((await postForm(`${server.url}/sign-in`, { password: PASSWORD }, own)).status).toBe(303);
    const { status } = await fetch(`${server.url}/api/v1/openapi.json`, { headers: { cookie } });
    expect(status).toBe(200);
  });

  test("takes a small form and nothing else", async () => {
    const send = (body: string, type: string) =>
      fetch(`${server.url}/sign-in`, { method: "POST", body, headers: { "content-type": type } });
    await expectProblem(await send("{}", "application/json"), "unsupported_media_type");
    const large = `password=${"x".repeat(100_000)}`;
    await expectProblem(
      await send(large, "application/x-www-form-urlencoded"),
      "payload_too_large",
    );
  });

  test("too often from one network is answered 429, and says when to try again", async () => {
    const own = await startServer({ INSTANCE_PASSWORD: PASSWORD, TRUST_PROXY: "loopback" });
    onTestFinished(async () => void (await own.stop()));
    const from = (address: string, password = "wrong") =>
      postForm(`${own.url}/sign-in`, { password }, { "x-forwarded-for": address });
    for (let i = 0; i < 20; i++) expect((await from("192.0.2.1")).status).toBe(401);
    // Also with the right one: who may not try may not find out.
    for (const password of ["wrong", PASSWORD]) {
      const response = await from("192.0.2.1", password);
      expect(response.status).toBe(429);
      const seconds = Number(response.headers.get("retry-after"));
      expect(seconds).toBeGreaterThan(300);
      expect(seconds).toBeLessThanOrEqual(600);
      expect(response.headers.get("ratelimit-policy")).toBe('"sign-in";q=20;w=600');
      expect(response.headers.get("ratelimit")).toBe(`"sign-in";r=0;t=${seconds}`);
      expect(await response.text()).toMatch(
        /Too many tries from your network\. Try again in \d+ minutes\./,
      );
    }
    expect((await from("192.0.2.2", PASSWORD)).status).toBe(303);
  });
});

describe("signing out", () => {
  test("ends the session for good, and the sockets that it opened", async () => {
    const bin = await newBin();
    const client = await connectLive(server, { headers: bin.headers });
    const other = await connectLive(server, { token: bin.token });
    const cut = new Promise<string>((resolve) => client.socket.once("disconnect", resolve));
    const response = await postForm(`${server.url}/sign-out`, {}, bin.headers);
    expect(response.status).toBe(303);
    expect(response.headers.get("location")).toBe("/sign-in");
    expect(response.headers.getSetCookie()[0]).toMatch(/^inlet_session=; .*Max-Age=0/);
    expect(await cut).toBe("io server disconnect");
    // Somebody who kept the cookie has nothing by it.
    const { headers } = bin;
    expect((await fetch(`${server.url}/api/v1/bins`, { headers })).status).toBe(401);
    expect(other.socket.connected).toBe(true);
    // Once more does no harm.
    expect((await postForm(`${server.url}/sign-out`, {}, headers)).status).toBe(303);
  });
});

describe("an instance that is open", () => {
  test("has nothing to sign in to, and takes nobody's word for who they are", async () => {
    const open = await startServer();
    onTestFinished(async () => void (await open.stop()));
    const page = await fetch(`${open.url}/sign-in`, { redirect: "manual" });
    expect(page.headers.get("location")).toBe("/");
    const bin = await open.createBin();
    const workspaceId = "any";
    const admission = Buffer.from(JSON.stringify({ name: "x", workspaceId, sessionId: "x" }));
    const headers = { "inlet-admission": admission.toString("base64url") };
    const html = await (await fetch(open.url, { headers })).text();
    expect(html).not.toContain("Sign out");
    expect((await fetch(`${open.url}/api/v1/bins/${bin.id}`, { headers })).status).toBe(404);
  });
});
