/**
 * Who may do what: every call of the OpenAPI document and every event of the socket, by everybody
 * who could try. A call that is not in the table fails the test of the table; to add one:
 *
 * 1. Add a row to `TABLE` under its `operationId`: the status that each of `CALLERS` gets, in their
 *    order. Nearly always that is `OWNED` (an id in the path: for everybody else it does not exist).
 * 2. If it takes a body that must not be empty, or a query, add what is valid to `inputOf` or `QUERY` of
 *    testing/operations.ts.
 * 3. What tokens get follows from the row and the method, see `expectedOf`. A call whose scope is not the
 *    one of its method is named in `SCOPES`, and has to have a reason.
 * 4. A parameter in the path besides `binId`, `id` and `secret`: add it to `NO_IDS` and `targetOf` there.
 *
 * An event of the socket gets a row in `EVENTS`; the type checker asks for it.
 */
import { describe, expect, test, vi } from "vitest";
import type { ClientToServerEvents } from "#lib/contract/events.ts";
import { connectLive, type LiveOptions } from "#lib/testing/live-client.ts";
import {
  type Ids,
  inputOf,
  makeLink,
  makeThings,
  makeToken,
  NO_IDS,
  type Operation,
  operationsOf,
  targetOf,
} from "./testing/operations.ts";
import { expectProblem, type Owner, startApi } from "./testing.ts";

const api = await startApi();
const operations = await operationsOf(api);

/**
 * Those who hold a link send its secret as a bearer token, and put it where the path asks for one.
 * The others put a secret there that opens nothing.
 */
const CALLERS = [
  "owner",
  "other workspace",
  "nobody",
  "bad token",
  "bin link",
  "capture link",
  "expired link",
  "revoked link",
] as const;
type Caller = (typeof CALLERS)[number];
type Row = readonly [number, number, number, number, number, number, number, number];

/** The workspace's own tokens, besides the one of its first bin. */
const TOKENS = ["write token", "read token", "expired token"] as const;
type Token = (typeof TOKENS)[number];

/** For what has an id in its path, by what the owner gets. */
const owned = (status: number): Row => [status, 404, 404, 401, 401, 401, 401, 401];

const TABLE: Record<string, Row> = {
  getOpenApi: [200, 200, 200, 200, 200, 200, 200, 200],
  getLimits: [200, 200, 200, 401, 401, 401, 401, 401],
  createBin: [201, 201, 201, 401, 401, 401, 401, 401],
  listBins: [200, 200, 401, 401, 401, 401, 401, 401],
  getBin: owned(200),
  updateBin: owned(200),
  deleteBin: owned(204),
  listCaptures: owned(200),
  countCaptures: owned(200),
  getTimeline: owned(200),
  clearCaptures: owned(204),
  getCapture: owned(200),
  listAlikeCaptures: owned(200),
  getCaptureBody: owned(200),
  getCaptureHttp: owned(200),
  exportCapture: owned(200),
  exportBin: owned(200),
  updateCapture: owned(200),
  deleteCapture: owned(204),
  starCaptures: owned(200),
  deleteCaptures: owned(200),
  // Nothing was deleted that could be restored.
  restoreCaptures: owned(410),
  resendCapture: owned(201),
  listDeliveries: owned(200),
  getDelivery: owned(200),
  getDeliveryBody: owned(200),
  createForwardRule: owned(201),
  listForwardRules: owned(200),
  getForwardRule: owned(200),
  updateForwardRule: owned(200),
  deleteForwardRule: owned(204),
  listForwards: owned(200),
  retryForwards: owned(200),
  // Nothing was forwarded.
  retryForward: owned(404),
  listCaptureForwards: owned(200),
  createBulkResend: owned(201),
  listBulkResends: owned(200),
  getBulkResend: owned(200),
  listBulkDeliveries: owned(200),
  pauseBulkResend: owned(200),
  resumeBulkResend: owned(200),
  cancelBulkResend: owned(200),
  shareCapture: owned(201),
  previewShare: owned(200),
  shareBin: owned(201),
  listShares: [200, 200, 401, 401, 401, 401, 401, 401],
  revokeShare: owned(204),
  getWorkspace: [200, 200, 401, 401, 401, 401, 401, 401],
  updateWorkspace: [200, 200, 401, 401, 401, 401, 401, 401],
  getInventory: [200, 200, 401, 401, 401, 401, 401, 401],
  // Each deletes, or leaves, their own.
  deleteWorkspace: [204, 204, 401, 401, 401, 401, 401, 401],
  leaveWorkspace: [204, 204, 401, 401, 401, 401, 401, 401],
  createDeviceLink: [201, 201, 401, 401, 401, 401, 401, 401],
  getDeviceLink: owned(200),
  cancelDeviceLink: owned(204),
  // What the secret opens is asked for by the path, which nobody here has.
  openDeviceLink: [404, 404, 404, 401, 401, 401, 401, 401],
  listTokens: [200, 200, 401, 401, 401, 401, 401, 401],
  createToken: [201, 201, 401, 401, 401, 401, 401, 401],
  revokeToken: owned(204),
  listBrowsers: [200, 200, 401, 401, 401, 401, 401, 401],
  signOutBrowser: owned(204),
  getShared: [404, 404, 404, 404, 200, 200, 410, 410],
  listSharedCaptures: [404, 404, 404, 404, 200, 200, 410, 410],
  getSharedCapture: [404, 404, 404, 404, 200, 200, 410, 410],
  getSharedBody: [404, 404, 404, 404, 200, 200, 410, 410],
  getSharedHttp: [404, 404, 404, 404, 200, 200, 410, 410],
  exportShared: [404, 404, 404, 404, 200, 200, 410, 410],
  // The links of this table allow it.
  resendShared: [404, 404, 404, 404, 201, 201, 410, 410],
};

/** Calls that need another scope than their method says: `read` for GET, `write` for all others. */
const SCOPES: Record<string, "read" | "write"> = {
  // Whoever holds a token may put it out of use.
  leaveWorkspace: "read",
};

/** What a token gets, by what its workspace's owner and a bad token get. */
function expectedOf(token: Token, { operationId, method }: Operation): number {
  const [owner, , , badToken] = TABLE[operationId]!;
  if (token === "write token") return owner;
  if (token === "expired token") return badToken;
  const scope = SCOPES[operationId] ?? (method === "GET" ? "read" : "write");
  // What is open to everybody looks at no token.
  const isPublic = badToken !== 401;
  return scope === "read" || isPublic ? owner : 403;
}

test("the table has every call of the OpenAPI document, and no other", () => {
  expect(
    Object.keys(TABLE).sort(),
    "Add a row to TABLE for a new call; the comment at the top of this file says how",
  ).toEqual(operations.map(({ operationId }) => operationId).sort());
});

function run(operation: Operation, ids: Ids, headers: Record<string, string>) {
  return api.call(operation.method, targetOf(operation, ids), {
    headers,
    json: operation.properties ? inputOf(api, operation.operationId) : undefined,
  });
}

/** A link that is over: the same for all tests, because a second has to go by. */
async function makeExpiredLink() {
  const owner = await api.newOwner();
  const link = await makeLink(api, owner, `/bins/${owner.binId}`, { expiresIn: 1 });
  const status = async () => (await api.call("GET", `/shared/${link.secret}`)).status;
  await vi.waitFor(async () => expect(await status()).toBe(410), { timeout: 10_000 });
  return link;
}

const expiredLink = await makeExpiredLink();

/** A bin with a capture, and every kind of link to them. */
async function setUp() {
  const owner = await api.newOwner();
  const { id } = await api.capture(owner, Buffer.from("hello"));
  const bin = `/bins/${owner.binId}`;
  const capture = `/captures/${id}`;
  const links = {
    "bin link": await makeLink(api, owner, bin),
    "capture link": await makeLink(api, owner, capture),
    "expired link": expiredLink,
    "revoked link": await makeLink(api, owner, bin),
  };
  await api.call("DELETE", `/shares/${links["revoked link"].id}`, { headers: owner.bearer });
  const ids = await makeThings(api, owner, { id, shareId: links["bin link"].id });
  return { owner, other: await api.newOwner(), links, ids };
}

/** The owner's tokens; the expired one is of another workspace, because a second has to go by. */
async function tokensOf(owner: Owner): Promise<Record<Token, string>> {
  return {
    "write token": await makeToken(api, owner, { label: "write", scope: "write" }),
    "read token": await makeToken(api, owner, { label: "read", scope: "read" }),
    "expired token": expiredToken,
  };
}

async function makeExpiredToken(): Promise<string> {
  const owner = await api.newOwner();
  const token = await makeToken(api, owner, { label: "over", scope: "write", expiresIn: 1 });
  const headers = { authorization: `Bearer ${token}` };
  const status = async () => (await api.call("GET", "/bins", { headers })).status;
  await vi.waitFor(async () => expect(await status()).toBe(401), { timeout: 10_000 });
  return token;
}

const expiredToken = await makeExpiredToken();

type World = Awaited<ReturnType<typeof setUp>>;

/** All the ways in which a caller could show who they are. */
function credentialsOf(caller: Caller, { owner, other, links }: World): Record<string, string>[] {
  switch (caller) {
    case "owner":
      return [owner.bearer];
    case "other workspace":
      return [other.bearer, other.cookie];
    case "nobody":
      return [{}, { cookie: "inlet=nobody" }];
    case "bad token":
      return [
        { authorization: "Bearer nobody" },
        { ...owner.cookie, authorization: "Bearer nobody" },
      ];
    default:
      return [{ authorization: `Bearer ${links[caller].secret}` }];
  }
}

describe.each(operations)("$operationId", (operation) => {
  test("gives each caller what is theirs", async () => {
    const row = TABLE[operation.operationId]!;
    const world = await setUp();
    // The owner comes last: some of these calls delete what the others must not see.
    for (const [index, caller] of [...CALLERS.entries()].reverse()) {
      const link = caller in world.links ? world.links[caller as keyof World["links"]] : null;
      const ids = link ? { ...world.ids, secret: link.secret } : world.ids;
      // After the first of them these have nothing any more that the second could come with.
      const endsCredentials = ["leaveWorkspace", "deleteWorkspace"].includes(operation.operationId);
      const all = credentialsOf(caller, world);
      for (const headers of endsCredentials ? all.slice(0, 1) : all) {
        const { status } = await run(operation, ids, headers);
        expect(status, `${caller}: ${operation.method} ${operation.path}`).toBe(row[index]);
      }
    }
  });

  test.each(TOKENS)("gives the %s what its scope and its time allow", async (name) => {
    const { owner, ids } = await setUp();
    const tokens = await tokensOf(owner);
    const response = await run(operation, ids, { authorization: `Bearer ${tokens[name]}` });
    expect(response.status).toBe(expectedOf(name, operation));
    if (response.status === 403) await expectProblem(response, "forbidden");
  });
});

test("an expired token is told that it is", async () => {
  const headers = { authorization: `Bearer ${expiredToken}` };
  const problem = await expectProblem(await api.call("GET", "/bins", { headers }), "unauthorized");
  expect(problem.detail).toMatch(/^This token expired at 20/);
});

/** What a browser adds to a call that a page makes which is not ours. */
const FOREIGN_PAGES: Record<string, string>[] = [
  { origin: "https://elsewhere.example" },
  { origin: "null" },
  { "sec-fetch-site": "cross-site" },
  // A bin's reply on a sibling host.
  { "sec-fetch-site": "same-site" },
];

describe.each(operations.filter(({ method }) => method !== "GET"))("$operationId", (operation) => {
  test("does nothing for a page of another origin, whatever the browser sends along", async () => {
    const { owner, links, ids: own } = await setUp();
    const ids = { ...own, secret: links["bin link"].secret };
    for (const page of FOREIGN_PAGES) {
      const response = await run(operation, ids, { ...owner.cookie, ...page });
      await expectProblem(response, "forbidden_origin");
    }
  });
});

describe("a link", () => {
  test("to a capture shows no other capture of its bin, one to a bin none of another bin", async () => {
    const world = await setUp();
    const { id: second } = await api.capture(world.owner, Buffer.from("second"));
    const { id: others } = await api.capture(world.other, Buffer.from("other"));
    const status = async (secret: string, id: string, rest = "") =>
      (await api.call("GET", `/shared/${secret}/captures/${id}${rest}`)).status;
    for (const rest of ["", "/body", "/http", "/export?format=har"]) {
      expect(await status(world.links["capture link"].secret, second, rest)).toBe(404);
      expect(await status(world.links["capture link"].secret, others, rest)).toBe(404);
      expect(await status(world.links["bin link"].secret, second, rest)).toBe(200);
      expect(await status(world.links["bin link"].secret, others, rest)).toBe(404);
    }
  });
});

describe.each(operations.filter(({ path }) => /\{/.test(path)))("$operationId", (operation) => {
  test("answers the same for what is somebody else's, not there, or no id", async () => {
    const { ids, other } = await setUp();
    const answer = async (to: Ids, headers: Record<string, string>) => {
      const response = await run(operation, to, headers);
      const { requestId, ...problem } = await expectProblem(response, "not_found");
      const varying = new Set([requestId, response.headers.get("date")]);
      return { problem, headers: [...response.headers].filter(([, value]) => !varying.has(value)) };
    };
    const others = await answer(ids, other.bearer);
    // What names both a link and a capture: no link, or no such capture in it.
    const kinds = operation.path.includes("{secret}/captures/{id}") ? NO_IDS.slice(0, 1) : NO_IDS;
    for (const nothing of kinds) {
      expect(await answer(nothing, other.bearer)).toEqual(others);
      expect(await answer(nothing, {})).toEqual(others);
    }
  });
});

/** What each caller is told by each event that a client can send, about the owner's bin. */
const EVENTS: Record<keyof ClientToServerEvents, Record<Caller | Token, string>> = {
  watch: {
    owner: "ok",
    "write token": "ok",
    "read token": "ok",
    "expired token": "refused",
    "other workspace": "not_found",
    nobody: "not_found",
    "bad token": "refused",
    // Under the link's own id too, which is what it goes by.
    "bin link": "ok",
    "capture link": "not_found",
    "expired link": "refused",
    "revoked link": "refused",
  },
  // It answers nothing and can only leave what the same socket has joined.
  unwatch: {
    owner: "nothing",
    "write token": "nothing",
    "read token": "nothing",
    "expired token": "refused",
    "other workspace": "nothing",
    nobody: "nothing",
    "bad token": "refused",
    "bin link": "nothing",
    "capture link": "nothing",
    "expired link": "refused",
    "revoked link": "refused",
  },
};

describe("the socket", () => {
  const authOf = (caller: Caller, { owner, other, links }: World): LiveOptions => {
    const tokenOf = ({ bearer }: Owner) => bearer.authorization!.slice("Bearer ".length);
    switch (caller) {
      case "owner":
        return { token: tokenOf(owner) };
      case "other workspace":
        return { token: tokenOf(other) };
      case "nobody":
        return {};
      case "bad token":
        return { token: "nobody" };
      default:
        return { share: links[caller].secret };
    }
  };
  const connect = async (auth: LiveOptions) => {
    try {
      return await connectLive(api.server, auth);
    } catch {
      return null;
    }
  };

  const isToken = (caller: Caller | Token): caller is Token => TOKENS.some((one) => one === caller);

  test.each([...CALLERS, ...TOKENS])("tells %s what is theirs", async (caller) => {
    const world = await setUp();
    const { binId } = world.owner;
    const auth = isToken(caller)
      ? { token: (await tokensOf(world.owner))[caller] }
      : authOf(caller, world);
    const client = await connect(auth);
    if (!client) {
      expect([EVENTS.watch[caller], EVENTS.unwatch[caller]]).toEqual(["refused", "refused"]);
      return;
    }
    const answer = await client.watch(binId, 0);
    expect(answer.ok ? "ok" : answer.code).toBe(EVENTS.watch[caller]);
    expect(EVENTS.unwatch[caller]).toBe("nothing");
  });

  test("shows a link's holder the bin under the link's id, and its summaries alone", async () => {
    const world = await setUp();
    const { id, secret } = world.links["bin link"];
    const client = (await connect({ share: secret }))!;
    const answer = await client.watch(id, 0);
    expect(answer).toMatchObject({ ok: true, seq: 1 });
    expect(JSON.stringify(answer)).not.toContain(world.owner.binId);
    const { binId } = world.other;
    expect(await client.watch(binId, 0)).toEqual({ ok: false, code: "not_found" });
    const other = (await connect({ share: world.links["capture link"].secret }))!;
    expect(await other.watch(id, 0)).toEqual({ ok: false, code: "not_found" });
  });
});
