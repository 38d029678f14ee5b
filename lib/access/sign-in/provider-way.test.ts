import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { expectProblem } from "../../api/testing.ts";
import { type Browser, newBrowser } from "../../testing/browser.ts";
import { newFolder } from "../../testing/databases.ts";
import { cookieOf } from "../../testing/form.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  type ProviderOptions,
  startOpenIdProvider,
} from "../../testing/openid-provider.ts";
import { freePort } from "../../testing/postgres.ts";
import { startServer, type TestServer } from "../../testing/server.ts";

type Options = { env?: Record<string, string> } & Omit<ProviderOptions, "callbackUrl">;

async function startInstance(env: Record<string, string>): Promise<TestServer> {
  const server = await startServer({
    OIDC_CLIENT_ID: CLIENT_ID,
    OIDC_CLIENT_SECRET: CLIENT_SECRET,
    ...env,
  });
  onTestFinished(async () => void (await server.stop()));
  return server;
}

/** An instance and the provider in front of it. */
async function setUp({ env = {}, ...options }: Options = {}) {
  const port = await freePort();
  const callbackUrl = `http://localhost:${port}/sign-in/callback`;
  const provider = await startOpenIdProvider({ callbackUrl, ...options });
  onTestFinished(() => provider.close());
  const server = await startInstance({
    PORT: String(port),
    OIDC_ISSUER: provider.issuer,
    ...env,
  });
  return { server, provider, url: server.publicUrl };
}

/** Signs in as somebody; gives the page at the end. */
async function signIn(browser: Browser, at: string, login: string, next = "/bins") {
  const start = `${at}/sign-in/start?${new URLSearchParams({ next })}`;
  const asked = await browser.open(start);
  // Known there from before.
  if (asked.url.startsWith(at)) return asked;
  expect(await asked.response.text()).toContain("The provider");
  return browser.open(asked.url, { login });
}

const api = (browser: Browser, at: string, path: string, method = "GET") =>
  fetch(`${at}/api/v1${path}`, { method, headers: { cookie: browser.cookie(at) } });

async function binsOf(browser: Browser, at: string): Promise<string[]> {
  const response = await api(browser, at, "/bins");
  expect(response.status).toBe(200);
  const { bins } = (await response.json()) as { bins: { id: string }[] };
  return bins.map(({ id }) => id);
}

async function binsOfNobody(at: string, cookie: string): Promise<number> {
  return (await fetch(`${at}/api/v1/bins`, { headers: { cookie } })).status;
}

async function makeBin(browser: Browser, at: string): Promise<string> {
  const response = await api(browser, at, "/bins", "POST");
  expect(response.status).toBe(201);
  return ((await response.json()) as { id: string }).id;
}

describe("signing in at a provider", () => {
  test("leads back to where one wanted to go, by name, and to one's bins on every device", async () => {
    const { url } = await setUp();
    const [laptop, phone] = [newBrowser(), newBrowser()];
    const { response, url: end } = await signIn(laptop, url, "ann", "/bins?x=1");
    expect(end).toBe(`${url}/bins?x=1`);
    expect(await response.text()).toContain("ann of the tests");
    const id = await makeBin(laptop, url);
    await signIn(phone, url, "ann");
    expect(await binsOf(phone, url)).toEqual([id]);
    expect((await phone.open(`${url}/bins/${id}`)).response.status).toBe(200);
  });

  test("keeps people apart who share a browser, whatever cookies are left in it", async () => {
    const { url, provider } = await setUp();
    const browser = newBrowser();
    await signIn(browser, url, "ann");
    const anns = await makeBin(browser, url);
    await browser.open(`${url}/sign-out`, {});
    expect((await api(browser, url, `/bins/${anns}`)).status).toBe(401);
    await browser.open(`${provider.issuer}/session/end`);
    // The provider's own session, too.
    const second = newBrowser();
    await signIn(second, url, "ben");
    const cookies = `${browser.cookie(url)}; ${second.cookie(url)}`;
    const asBen = (path: string) => fetch(`${url}/api/v1${path}`, { headers: { cookie: cookies } });
    expect((await asBen(`/bins/${anns}`)).status).toBe(404);
    expect(await (await asBen("/bins")).json()).toEqual({ bins: [] });
  });

  test("makes links to other devices and leaving needless, which say so and change nothing", async () => {
    const { url } = await setUp();
    const browser = newBrowser();
    await signIn(browser, url, "ann");
    const id = await makeBin(browser, url);
    const calls = [
      "/workspace/device-links",
      "/workspace/leave",
      `/device-links/${"A".repeat(24)}`,
    ];
    for (const path of calls) {
      const response = await api(browser, url, path, "POST");
      await expectProblem(response, "invalid_request");
      expect(response.headers.getSetCookie()).toEqual([]);
    }
    const page = await browser.open(`${url}/open/${"A".repeat(24)}`);
    expect(await page.response.text()).toContain("goes with whoever signs in");
    expect(await binsOf(browser, url)).toEqual([id]);
  });

  test("gives a new workspace to who deleted theirs, and goes on", async () => {
    const { url } = await setUp();
    const browser = newBrowser();
    await signIn(browser, url, "ann");
    await makeBin(browser, url);
    expect((await api(browser, url, "/workspace", "DELETE")).status).toBe(204);
    expect(await binsOf(browser, url)).toEqual([]);
    const id = await makeBin(browser, url);
    expect(await binsOf(browser, url)).toEqual([id]);
  });

  test("takes along the bins that the browser had before, for the first person alone", async () => {
    const DATABASE_URL = `file:${join(await newFolder(), "inlet.db")}`;
    const open = await startServer({ DATABASE_URL });
    const made = await fetch(`${open.url}/api/v1/bins`, { method: "POST" });
    const { id } = (await made.json()) as { id: string };
    const held = cookieOf(made);
    await open.stop();
    const { url } = await setUp({ env: { DATABASE_URL } });
    const ofPerson = async (login: string) => {
      // As if that were the browser which has the bin.
      const browser = newBrowser();
      browser.take(url, held);
      await signIn(browser, url, login);
      expect(browser.cookie(url)).toContain(held);
      return binsOf(browser, url);
    };
    expect(await binsOfNobody(url, held)).toBe(401);
    expect(await ofPerson("ann")).toEqual([id]);
    expect(await ofPerson("ben")).toEqual([]);
  });

  test("is refused for who the settings do not name, and for an address that nobody verified", async () => {
    const env = { OIDC_ALLOWED_EMAILS: "Ann@example.com, @example.org" };
    const { url } = await setUp({ env });
    const ben = await signIn(newBrowser(), url, "ben");
    expect(ben.url).toBe(`${url}/sign-in?fault=not_allowed&next=%2Fbins`);
    expect(await ben.response.text()).toContain("not allowed in here");
    const ann = await signIn(newBrowser(), url, "ann");
    expect(ann.url).toBe(`${url}/bins`);
    const unverified = await setUp({ env, claims: { email_verified: false } });
    const nobody = await signIn(newBrowser(), unverified.url, "ann");
    expect(nobody.url).toContain("fault=not_allowed");
  });

  test("that the person cancels says so", async () => {
    const { url } = await setUp();
    const browser = newBrowser();
    const asked = await browser.open(`${url}/sign-in/start?next=/bins`);
    const end = await browser.open(asked.url, { cancel: "yes" });
    expect(end.url).toBe(`${url}/sign-in?fault=denied&code=access_denied&next=%2Fbins`);
    expect(await end.response.text()).toContain("did not let you in");
  });

  test("with another browser's answer, a used one or an old one begins anew", async () => {
    const { url } = await setUp();
    const [mine, theirs] = [newBrowser(), newBrowser()];
    const begun = await theirs.open(`${url}/sign-in/start`);
    const location = await theirs.open(begun.url, { login: "eve" }).then(() => theirs.cookie(url));
    expect(location).toContain("inlet_session");
    await mine.open(`${url}/sign-in/start?next=/bins`);
    for (const query of ["", "?code=x", "?code=x&state=theirs", "?error=access_denied&state=x"]) {
      const end = await mine.open(`${url}/sign-in/callback${query}`);
      expect(end.url, query).toContain(`${url}/sign-in?fault=expired`);
      expect(await end.response.text()).toContain("Begin again here");
    }
    expect(mine.cookie(url)).not.toContain("inlet_session");
  });

  test("with a code that the provider does not know begins anew", async () => {
    const { url, provider } = await setUp();
    const browser = newBrowser();
    const begun = await browser.open(`${url}/sign-in/start`);
    expect(begun.url).toContain("/interaction/");
    const value = /inlet_begun=([^;]+)/.exec(browser.cookie(url))![1]!;
    const [, state] = JSON.parse(Buffer.from(value, "base64url").toString()) as string[];
    const query = new URLSearchParams({ code: "stolen", state: state!, iss: provider.issuer });
    const end = await browser.open(`${url}/sign-in/callback?${query}`);
    expect(end.url).toBe(`${url}/sign-in?fault=expired&code=invalid_grant`);
  });

  test("with the wrong secret says what the provider said, to the reader and to the log", async () => {
    const { url, server } = await setUp({ env: { OIDC_CLIENT_SECRET: "wrong" } });
    const end = await signIn(newBrowser(), url, "ann", "/");
    expect(end.url).toBe(`${url}/sign-in?fault=refused&code=invalid_client`);
    expect(await end.response.text()).toContain("invalid_client");
    expect(server.log.join("\n")).toContain("invalid_client");
    expect(server.log.join("\n")).not.toContain(CLIENT_SECRET);
  });

  test("works once the provider is there, and capturing does not wait for it", async () => {
    const [port, providerPort] = [await freePort(), await freePort()];
    const server = await startInstance({
      PORT: String(port),
      OIDC_ISSUER: `http://localhost:${providerPort}`,
    });
    const url = server.publicUrl;
    expect((await fetch(`${url}/in/${"a".repeat(20)}`)).status).toBe(404);
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const browser = newBrowser();
    const away = await browser.open(`${url}/sign-in/start?next=/bins`);
    expect(away.url).toBe(`${url}/sign-in?fault=unreachable&next=%2Fbins`);
    expect(await away.response.text()).toContain("cannot be reached");
    const callbackUrl = `${url}/sign-in/callback`;
    const provider = await startOpenIdProvider({ callbackUrl, port: providerPort });
    onTestFinished(() => provider.close());
    expect((await signIn(browser, url, "ann")).url).toBe(`${url}/bins`);
  });

  test("lasts over a restart, and ends when the settings say otherwise who is allowed", async () => {
    const [port, providerPort] = [await freePort(), await freePort()];
    const callbackUrl = `http://localhost:${port}/sign-in/callback`;
    const provider = await startOpenIdProvider({ callbackUrl, port: providerPort });
    onTestFinished(() => provider.close());
    const env = {
      PORT: String(port),
      OIDC_ISSUER: provider.issuer,
      DATABASE_URL: `file:${join(await newFolder(), "inlet.db")}`,
    };
    const browser = newBrowser();
    const statusWith = async (more: Record<string, string>, login?: string) => {
      const server = await startInstance({ ...env, ...more });
      if (login) await signIn(browser, server.publicUrl, login);
      const { status } = await api(browser, server.publicUrl, "/bins");
      await server.stop();
      return status;
    };
    expect(await statusWith({}, "ann")).toBe(200);
    expect(await statusWith({})).toBe(200);
    expect(await statusWith({ OIDC_ALLOWED_EMAILS: "ben@example.com" })).toBe(401);
  });
});
