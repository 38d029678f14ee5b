import { describe, expect, test } from "vitest";
import { binRoutes } from "./bins.ts";
import { captureRoutes } from "./captures.ts";
import { deletionRoutes } from "./deletions.ts";
import type { Route } from "./route.ts";
import { expectProblem, startApi } from "./testing.ts";

const api = await startApi();

/** Every route: what its owner, another workspace, nobody and a bad token get. */
const TABLE: Record<string, [owner: number, other: number, nobody: number, badToken: number]> = {
  createBin: [201, 201, 201, 401],
  listBins: [200, 200, 401, 401],
  getBin: [200, 404, 404, 401],
  updateBin: [200, 404, 404, 401],
  deleteBin: [204, 404, 404, 401],
  listCaptures: [200, 404, 404, 401],
  getTimeline: [200, 404, 404, 401],
  clearCaptures: [204, 404, 404, 401],
  getCapture: [200, 404, 404, 401],
  getCaptureBody: [200, 404, 404, 401],
  getCaptureHttp: [200, 404, 404, 401],
  updateCapture: [200, 404, 404, 401],
  deleteCapture: [204, 404, 404, 401],
  starCaptures: [200, 404, 404, 401],
  deleteCaptures: [200, 404, 404, 401],
  // Nothing was deleted that could be restored.
  restoreCaptures: [410, 404, 404, 401],
};

const routes = [...binRoutes, ...captureRoutes, ...deletionRoutes];

/** Ids that nothing has, and ids that nothing can have. */
const NO_IDS = [
  { binId: "k3v9q0w2m4x7z1a8b5c6", id: "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f" },
  { binId: "no-bin", id: "no-capture" },
  { binId: "%00", id: "%2e%2e%2f" },
];

test("the table has every route", () => {
  expect(Object.keys(TABLE).sort()).toEqual(routes.map((route) => route.operationId).sort());
});

/** Input for the routes that ask for some. */
const INPUT: Record<string, object> = {
  starCaptures: { ids: [NO_IDS[0]!.id], starred: true },
  deleteCaptures: { all: true },
  restoreCaptures: { undo: "nothing" },
};

type Ids = { binId: string; id: string };

function run(
  { operationId, method, path, body }: Route,
  ids: Ids,
  headers: Record<string, string>,
) {
  const target = path.replace("{binId}", ids.binId).replace("{id}", ids.id);
  return api.call(method.toUpperCase(), target, {
    headers,
    json: body && (INPUT[operationId] ?? {}),
  });
}

async function ownedIds() {
  const owner = await api.newOwner();
  const { id } = await api.capture(owner, Buffer.from("hello"));
  return { owner, ids: { binId: owner.binId, id } };
}

describe.each(routes)("$operationId", (route) => {
  test("gives each caller what is theirs", async () => {
    const [owned, others, nobodys, badTokens] = TABLE[route.operationId]!;
    const { owner, ids } = await ownedIds();
    const other = await api.newOwner();
    const statusFor = async (headers: Record<string, string>) =>
      (await run(route, ids, headers)).status;
    // The owner comes last: some of these calls delete what the others must not see.
    expect(await statusFor(other.bearer)).toBe(others);
    expect(await statusFor(other.cookie)).toBe(others);
    expect(await statusFor({})).toBe(nobodys);
    expect(await statusFor({ cookie: "inlet=nobody" })).toBe(nobodys);
    expect(await statusFor({ authorization: "Bearer nobody" })).toBe(badTokens);
    expect(await statusFor({ ...owner.cookie, authorization: "Bearer nobody" })).toBe(badTokens);
    expect(await statusFor(owner.bearer)).toBe(owned);
  });
});

describe.each(routes.filter(({ names }) => names))("$operationId", (route) => {
  test("answers the same for what is somebody else's, not there, or no id", async () => {
    const { ids } = await ownedIds();
    const other = await api.newOwner();
    const answer = async (ids: Ids, headers: Record<string, string>) => {
      const response = await run(route, ids, headers);
      const { requestId, ...problem } = await expectProblem(response, "not_found");
      const varying = new Set([requestId, response.headers.get("date")]);
      return { problem, headers: [...response.headers].filter(([, value]) => !varying.has(value)) };
    };
    const others = await answer(ids, other.bearer);
    for (const nothing of NO_IDS) {
      expect(await answer(nothing, other.bearer)).toEqual(others);
      expect(await answer(nothing, {})).toEqual(others);
    }
  });
});
