import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { EnvError, parseEnv } from "./env.ts";
import { bootAndFail } from "./testing/boot.ts";
import { newFolder } from "./testing/databases.ts";
import { freePort } from "./testing/postgres.ts";

const DEFAULTS = {
  NODE_ENV: "production",
  HOST: "127.0.0.1",
  PORT: 3000,
  DATABASE_URL: "file:./data/inlet.db",
  MAX_BODY_BYTES: 10 * 1024 * 1024,
  MAX_CAPTURES_PER_BIN: 10_000,
  BIN_TTL_DAYS: 30,
  OIDC_SCOPES: "openid profile email",
  LOG_LEVEL: "info",
};

/** A value of each setting that cannot be meant. */
const BAD: [name: string, value: string][] = [
  ["PORT", "http"],
  ["PORT", "-1"],
  ["PORT", "65536"],
  ["PORT", "80.5"],
  ["DATABASE_URL", "mysql://localhost/inlet"],
  ["DATABASE_URL", "./inlet.db"],
  ["DATABASE_URL", "file:"],
  ["REDIS_URL", "localhost:6379"],
  ["REDIS_URL", "redis://"],
  ["REDIS_URL", "http://localhost:6379"],
  ["PUBLIC_URL", "inlet.example.com"],
  ["PUBLIC_URL", "ftp://inlet.example.com"],
  ["PUBLIC_URL", "https://example.com/inlet"],
  ["CAPTURE_HOST", "hooks.example.com"],
  ["CAPTURE_HOST", "https://*.hooks.example.com"],
  ["TRUST_PROXY", "my-proxy"],
  ["TRUST_PROXY", "10.0.0.0/33"],
  ["MAX_BODY_BYTES", "10MB"],
  ["MAX_BODY_BYTES", "-1"],
  ["MAX_BODY_BYTES", "129MiB"],
  ["MAX_BODY_BYTES", "off"],
  ["MAX_CAPTURES_PER_BIN", "0"],
  ["CAPTURE_RATE_LIMIT", "100"],
  ["CAPTURE_RATE_LIMIT", "0/s"],
  ["CAPTURE_RATE_LIMIT", "10/week"],
  ["BIN_RATE_LIMIT", "some"],
  ["MAX_SOCKETS_PER_ADDRESS", "0"],
  ["MAX_SOCKETS_PER_ADDRESS", "many"],
  ["MAX_STORED_BYTES", "10GB"],
  ["MAX_STORED_BYTES", "0"],
  ["MAX_STORED_BYTES_PER_WORKSPACE", "-1"],
  ["MAX_STORED_BYTES_PER_WORKSPACE", "lots"],
  ["ALLOW_PRIVATE_TARGETS", "maybe not"],
  ["ALLOW_PRIVATE_TARGETS", "10.0.0.0/33"],
  ["ALLOW_PRIVATE_TARGETS", "10.0.0.256"],
  ["ALLOW_PRIVATE_TARGETS", "10.0.0.0/8,"],
  ["ALLOW_PRIVATE_TARGETS", "http://localhost:3000"],
  ["INSTANCE_PASSWORD", "short"],
  ["OIDC_ISSUER", "accounts.example.com"],
  ["OIDC_ISSUER", "http://accounts.example.com"],
  ["OIDC_SCOPES", "profile email"],
  ["OIDC_ALLOWED_EMAILS", "ann, ben"],
  ["AUTH_HEADER", "X-Forwarded-User: ann"],
  ["BIN_TTL_DAYS", "0"],
  ["BIN_TTL_DAYS", "a month"],
  ["LOG_LEVEL", "loud"],
];

function errorOf(variables: Record<string, string>): string {
  try {
    parseEnv(variables);
  } catch (error) {
    expect(error).toBeInstanceOf(EnvError);
    return (error as EnvError).message;
  }
  return "";
}

describe("the settings", () => {
  test("have defaults", () => {
    expect(parseEnv({})).toEqual(DEFAULTS);
  });

  test("that are blank are unset", () => {
    const names = new Set([...Object.keys(DEFAULTS), ...BAD.map(([name]) => name)]);
    for (const blank of ["", "  ", "\t"]) {
      expect(parseEnv(Object.fromEntries([...names].map((name) => [name, blank])))).toEqual(
        DEFAULTS,
      );
    }
  });

  test("are read as what they mean", () => {
    expect(
      parseEnv({
        PORT: "0",
        DATABASE_URL: "postgresql://inlet@db/inlet",
        PUBLIC_URL: "https://Inlet.example.com/",
        CAPTURE_HOST: "*.Hooks.example.com",
        MAX_BODY_BYTES: "0",
        OTHER: "is not ours",
      }),
    ).toEqual({
      ...DEFAULTS,
      PORT: 0,
      DATABASE_URL: "postgresql://inlet@db/inlet",
      PUBLIC_URL: "https://inlet.example.com",
      CAPTURE_HOST: ".hooks.example.com",
      MAX_BODY_BYTES: 0,
    });
  });

  test.each([
    ["1073", 1073],
    ["10MiB", 10 * 1024 * 1024],
    ["1.5 KiB", 1536],
    ["128 MiB", 128 * 1024 * 1024],
  ])("take bytes as a number or a size: %s", (text, bytes) => {
    const names = ["MAX_BODY_BYTES", "MAX_STORED_BYTES", "MAX_STORED_BYTES_PER_WORKSPACE"] as const;
    const env = parseEnv(Object.fromEntries(names.map((name) => [name, text])));
    expect(names.map((name) => env[name])).toEqual([bytes, bytes, bytes]);
  });

  test("believe as many proxies, or those addresses, as TRUST_PROXY says", () => {
    const hops = parseEnv({ TRUST_PROXY: "2" }).TRUST_PROXY!;
    expect([0, 1, 2].map((hop) => hops("192.0.2.1", hop))).toEqual([true, true, false]);
    const ranges = parseEnv({ TRUST_PROXY: "10.0.0.0/8, loopback" }).TRUST_PROXY!;
    expect(["10.9.8.7", "127.0.0.1", "11.0.0.1"].map((address) => ranges(address, 0))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test.each([
    ["yes", "all"],
    ["NO", "none"],
    [
      "10.0.0.0/8, fd00::/8,192.168.1.7",
      { ranges: ["10.0.0.0/8", "fd00::/8", "192.168.1.7"], hosts: [] },
    ],
    ["nas, db.internal, ::1", { ranges: ["::1"], hosts: ["nas", "db.internal"] }],
  ])("ALLOW_PRIVATE_TARGETS=%s", (value, meaning) => {
    expect(parseEnv({ ALLOW_PRIVATE_TARGETS: value }).ALLOW_PRIVATE_TARGETS).toEqual(meaning);
  });

  test.each(BAD)("refuse %s=%s in one line that names it", (name, value) => {
    const message = errorOf({ [name]: value });
    expect(message).toMatch(new RegExp(`^${name} (must|is) [^\\n]+$`));
  });

  const OIDC = {
    OIDC_ISSUER: "https://accounts.example.com",
    OIDC_CLIENT_ID: "inlet",
    OIDC_CLIENT_SECRET: "secret",
  };

  test.each([
    [{ INSTANCE_PASSWORD: "long enough", ...OIDC }, "OIDC_ISSUER is a second way to sign in"],
    [{ AUTH_HEADER: "X-User", TRUST_PROXY: "10.0.0.1", ...OIDC }, "AUTH_HEADER is a second way"],
    [{ ...OIDC, OIDC_CLIENT_SECRET: "" }, "OIDC_CLIENT_SECRET must be set too"],
    [{ OIDC_ALLOWED_EMAILS: "@example.com" }, "OIDC_ISSUER must be set too"],
    [{ AUTH_HEADER: "X-User" }, "AUTH_HEADER must come with TRUST_PROXY"],
    [{ AUTH_HEADER: "X-User", TRUST_PROXY: "1" }, "AUTH_HEADER must come with TRUST_PROXY"],
  ])("for signing in that do not go together are refused: %o", (variables, message) => {
    expect(errorOf(variables)).toMatch(new RegExp(`^${message}[^\\n;]*$`));
  });

  test("for signing in are one whole way of three", () => {
    expect(parseEnv(OIDC)).toEqual({ ...DEFAULTS, ...OIDC });
    const proxy = parseEnv({ AUTH_HEADER: "X-Forwarded-User", TRUST_PROXY: "10.0.0.1" });
    expect(proxy.AUTH_HEADER).toBe("x-forwarded-user");
    const emails = { ...OIDC, OIDC_ALLOWED_EMAILS: "Ann@Example.com, @example.org" };
    expect(parseEnv(emails).OIDC_ALLOWED_EMAILS).toEqual(["ann@example.com", "@example.org"]);
  });

  test("name everything that is wrong at once, in one line", () => {
    const message = errorOf({ PORT: "x", LOG_LEVEL: "x" });
    expect(message).toMatch(/^PORT .*; LOG_LEVEL [^\n]*$/);
  });
});

describe("a server that cannot start says why in one line and exits with 1", () => {
  async function reasonOf(env: Record<string, string>): Promise<string> {
    const folder = await newFolder();
    const { code, stderr } = await bootAndFail({
      DATABASE_URL: `file:${join(folder, "inlet.db")}`,
      ...env,
    });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^[^\n]+\n$/) });
    return stderr;
  }

  test.each([
    ["LOG_LEVEL", "loud"],
    ["BIN_TTL_DAYS", "never"],
    ["DATABASE_URL", "file::memory:"],
    ["DATABASE_URL", "file:/dev/null/inlet.db"],
    ["HOST", "192.0.2.1"],
  ])("%s=%s", async (name, value) => {
    expect(await reasonOf({ [name]: value })).toMatch(new RegExp(`\\b${name}\\b`));
  });

  test("a port in use", async () => {
    const port = await freePort();
    const other = createServer().listen(port, "127.0.0.1");
    onTestFinished(() => void other.close());
    expect(await reasonOf({ PORT: String(port) })).toContain(`PORT ${port} is in use`);
  });

  test("a PostgreSQL that is not there, without its password", async () => {
    const url = `postgresql://inlet:pa55word@127.0.0.1:${await freePort()}/inlet`;
    const { code, stdout, stderr } = await bootAndFail({ DATABASE_URL: url });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^[^\n]*DATABASE_URL[^\n]*\n$/);
    expect(stdout + stderr).not.toContain("pa55word");
  });
});
