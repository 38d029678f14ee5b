import { describe, expect, test } from "vitest";
import { hashSecret } from "./secrets.ts";
import { type TokenKind, workspaceAccess } from "./workspace-access.ts";

type Token = { id: string; kind: TokenKind; hash: string; expiresAt?: Date };

/** All that access was told of being used, by the tokens' ids. */
const used: [id: string, agent: string | null][] = [];

/** Access over workspaces that are kept in memory. */
function accessAt(publicUrl: string) {
  const workspaces = new Map<string, Token[]>();
  const access = workspaceAccess({
    publicUrl,
    now: () => new Date(0),
    async createWorkspace({ id, tokens }) {
      workspaces.set(id, tokens);
    },
    async findToken(hash, kind) {
      for (const [workspaceId, tokens] of workspaces) {
        const token = tokens.find((one) => one.hash === hash && one.kind === kind);
        if (!token) continue;
        const { id, expiresAt = null } = token;
        return { id, workspaceId, scope: "write", expiresAt, lastUsedAt: null };
      }
      return null;
    },
    onUsed: ({ id }, _at, agent) => void used.push([id, agent]),
  });
  return { access, workspaces };
}

const PUBLIC_URL = "https://inlet.test";

async function owner() {
  const { access, workspaces } = accessAt(PUBLIC_URL);
  const { visitor, setCookie, token } = await access.createWorkspace("Firefox");
  const secret = /^__Host-inlet=([^;]+)/.exec(setCookie)![1]!;
  return { access, workspaces, visitor, token, secret };
}

describe("a workspace", () => {
  test("is kept with two hashes and no secret", async () => {
    const { workspaces, visitor, token, secret } = await owner();
    expect(workspaces.get(visitor.workspaceId)).toEqual([
      { id: expect.any(String), kind: "browser", hash: hashSecret(secret), agent: "Firefox" },
      { id: expect.any(String), kind: "api", hash: hashSecret(token) },
    ]);
    expect(JSON.stringify([...workspaces])).not.toContain("inlet_");
  });

  test("is found by its cookie among others, wherever in the header it is", async () => {
    const { access, visitor, secret } = await owner();
    const { workspaceId } = visitor;
    for (const cookie of [
      `__Host-inlet=${secret}`,
      `a=b; __Host-inlet=${secret}; c=d`,
      `a;;__Host-inlet=${secret} `,
      `inlet=wrong; x__Host-inlet=wrong; __Host-inlet=${secret}`,
    ]) {
      const found = await access.identify({ authorization: null, cookie });
      expect(found).toMatchObject({ workspaceId, via: "cookie", scope: "write" });
    }
  });

  test.each([null, "", "a=b", "__Host-inlet=", "__Host-inlet=nobody", "__Host-inlet"])(
    "is not found by the cookie %j, which makes its sender nobody",
    async (cookie) => {
      const { access } = await owner();
      expect(await access.identify({ authorization: null, cookie })).toBeNull();
    },
  );

  test("is found by its token, whatever the case of Bearer and the spaces", async () => {
    const { access, visitor, token } = await owner();
    const { workspaceId } = visitor;
    for (const authorization of [`Bearer ${token}`, `bearer   ${token}`, `BEARER ${token} `]) {
      const found = await access.identify({ authorization, cookie: null });
      expect(found).toMatchObject({ workspaceId, via: "token", scope: "write" });
    }
  });

  test("is not found by an Authorization header that opens nothing, also with a good cookie", async () => {
    const { access, token, secret } = await owner();
    const cookie = `__Host-inlet=${secret}`;
    for (const authorization of [
      "",
      "Bearer",
      "Bearer ",
      "Bearer nobody",
      `Bearer ${secret}`,
      `Bearer ${token} ${token}`,
      `Basic ${token}`,
      `Bearer${token}`,
      token,
    ]) {
      await expect(access.identify({ authorization, cookie })).rejects.toMatchObject({
        name: "AppError",
        code: "unauthorized",
      });
    }
  });
});

describe("an origin", () => {
  const isOwn = (publicUrl: string, origin: string, host: string | null) =>
    accessAt(publicUrl).access.isOwnOrigin(origin, host);

  test.each([
    ["that is the public URL", PUBLIC_URL, PUBLIC_URL, "inlet.test"],
    ["behind a proxy that rewrites Host", PUBLIC_URL, PUBLIC_URL, "127.0.0.1:3000"],
    ["without Host", PUBLIC_URL, PUBLIC_URL, null],
    [
      "of the host that was asked",
      "http://localhost:3000",
      "http://127.0.0.1:3000",
      "127.0.0.1:3000",
    ],
    ["of a name in other case", "http://localhost:3000", "http://my-machine", "My-Machine"],
    ["of another name, through TLS", "http://localhost:3000", "https://inlet.test", "inlet.test"],
  ])("%s is our own", (_name, publicUrl, origin, host) => {
    expect(isOwn(publicUrl, origin, host)).toBe(true);
  });

  test.each([
    ["of another host", "https://evil.test", "inlet.test"],
    ["of another host, on a name that only the request knows", "https://evil.test", "my-machine"],
    ["of another port of it", "http://my-machine:8443", "my-machine"],
    ["of a longer name than it", "http://my-machine.evil.test", "my-machine"],
    ["of a subdomain of it, as a bin's own host is", "http://x.hooks.my-machine", "my-machine"],
    ["that is opaque", "null", "null"],
    ["that is no URL", "my-machine", "my-machine"],
    ["that is empty", "", ""],
    ["without Host", "https://evil.test", null],
    [
      "of our host without TLS, which anybody on the way can write",
      "http://inlet.test",
      "inlet.test",
    ],
  ])("%s is foreign", (_name, origin, host) => {
    expect(isOwn(PUBLIC_URL, origin, host)).toBe(false);
  });
});
