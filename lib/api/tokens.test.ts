import { describe, expect, test } from "vitest";
import { TOKENS_MAX } from "#lib/contract/limits.ts";
import {
  browserListSchema,
  type CreateToken,
  createdTokenSchema,
  tokenListSchema,
} from "#lib/contract/token.ts";
import { expectProblem, type Owner, startApi } from "./testing.ts";

const api = await startApi();

async function makeToken({ bearer }: Owner, input: Partial<CreateToken> = {}) {
  const json = { label: "deploy", scope: "write", ...input };
  const response = await api.call("POST", "/workspace/tokens", { headers: bearer, json });
  expect(response.status).toBe(201);
  const created = createdTokenSchema.parse(await response.json());
  return { ...created, bearer: { authorization: `Bearer ${created.token}` } };
}

const listTokens = async (headers: Record<string, string>) =>
  tokenListSchema.parse(await (await api.call("GET", "/workspace/tokens", { headers })).json())
    .tokens;

const listBrowsers = async (headers: Record<string, string>) =>
  browserListSchema.parse(await (await api.call("GET", "/workspace/browsers", { headers })).json())
    .browsers;

describe("a token", () => {
  test("is shown once, can be recognised, and is listed without its secret", async () => {
    const owner = await api.newOwner();
    const { token, bearer, ...created } = await makeToken(owner, {
      label: " CI ünï \u{1f375} ",
      scope: "read",
      expiresIn: 3600,
    });
    expect(token).toMatch(/^inlet_[A-Za-z0-9_-]{43}$/);
    expect(created).toMatchObject({ label: "CI ünï \u{1f375}", scope: "read", lastUsedAt: null });
    expect(Date.parse(created.expiresAt!) - Date.parse(created.createdAt)).toBe(3_600_000);
    const listed = await listTokens(owner.bearer);
    expect(listed.map(({ label, current }) => [label, current])).toEqual([
      ["CI ünï \u{1f375}", false],
      [null, true],
    ]);
    expect(JSON.stringify(listed)).not.toContain(token);
    expect((await listTokens(bearer)).map(({ current }) => current)).toEqual([true, false]);
  });

  test("opens nothing once it is revoked, and says so plainly", async () => {
    const owner = await api.newOwner();
    const { id, bearer } = await makeToken(owner);
    expect((await api.call("GET", "/bins", { headers: bearer })).status).toBe(200);
    const path = `/workspace/tokens/${id}`;
    expect((await api.call("DELETE", path, { headers: owner.bearer })).status).toBe(204);
    const refused = await api.call("GET", "/bins", { headers: bearer });
    const { detail } = await expectProblem(refused, "unauthorized");
    expect(detail).toContain("may have been revoked");
    await expectProblem(await api.call("DELETE", path, { headers: owner.bearer }), "not_found");
  });

  test("that is a browser's is not revoked as a token, nor the other way around", async () => {
    const owner = await api.newOwner();
    const [token] = await listTokens(owner.bearer);
    const [browser] = await listBrowsers(owner.bearer);
    for (const path of [`/workspace/tokens/${browser!.id}`, `/workspace/browsers/${token!.id}`]) {
      await expectProblem(await api.call("DELETE", path, { headers: owner.bearer }), "not_found");
    }
  });

  test("cannot be made without saying what it is for and what it may do", async () => {
    const { bearer: headers } = await api.newOwner();
    const inputs: [object, string][] = [
      [{}, "label"],
      [{ label: " ", scope: "read" }, "label"],
      [{ label: "x".repeat(101), scope: "read" }, "label"],
      [{ label: "x", scope: "admin" }, "scope"],
      [{ label: "x", scope: "read", expiresIn: 0 }, "expiresIn"],
      [{ label: "x", scope: "read", expiresIn: 1e12 }, "expiresIn"],
    ];
    for (const [json, field] of inputs) {
      const response = await api.call("POST", "/workspace/tokens", { headers, json });
      const problem = await expectProblem(response, "invalid_request");
      expect(problem.errors?.[0]?.field).toBe(field);
    }
  });

  test("is one of a limited number", async () => {
    const owner = await api.newOwner();
    // The first came with the workspace.
    for (let count = 1; count < TOKENS_MAX; count++) await makeToken(owner);
    const json = { label: "one more", scope: "read" };
    const response = await api.call("POST", "/workspace/tokens", { headers: owner.bearer, json });
    const { detail } = await expectProblem(response, "invalid_request");
    expect(detail).toContain(`${TOKENS_MAX} tokens`);
  });
});

test("a browser is listed by the name that it gives itself, and when it was last used", async () => {
  const owner = await api.newOwner();
  const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\u00e9";
  await api.call("GET", "/bins", { headers: { ...owner.cookie, "user-agent": agent } });
  await expect
    .poll(() => listBrowsers(owner.cookie))
    .toMatchObject([{ name: "Firefox on Linux", current: true, lastUsedAt: expect.any(String) }]);
  const [browser] = await listBrowsers(owner.bearer);
  expect(browser!.current).toBe(false);
  expect(Date.parse(browser!.lastUsedAt!)).toBeGreaterThanOrEqual(Date.parse(browser!.openedAt));
});
