import { describe, expect, test } from "vitest";
import { binRoutes } from "./bins.ts";
import { captureRoutes } from "./captures.ts";
import { expectProblem, startApi } from "./testing.ts";

const api = startApi();

/** Every route: what its owner, another workspace, nobody and a bad token get. */
const TABLE: Record<string, [owner: number, other: number, nobody: number, badToken: number]> = {
  createBin: [201, 201, 201, 401],
  listBins: [200, 200, 401, 401],
  getBin: [200, 404, 404, 401],
  updateBin: [200, 404, 404, 401],
  deleteBin: [204, 404, 404, 401],
  listCaptures: [200, 404, 404, 401],
  clearCaptures: [204, 404, 404, 401],
  getCapture: [200, 404, 404, 401],
  getCaptureBody: [200, 404, 404, 401],
  getCaptureHttp: [200, 404, 404, 401],
  updateCapture: [200, 404, 404, 401],
  deleteCapture: [204, 404, 404, 401],
};

const routes = [...binRoutes, ...captureRoutes];

/** Ids that nothing has, and ids that nothing can have. */
const NO_IDS = [
  ["k3v9q0w2m4x7z1a8b5c6", "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f"],
  ["no-bin", "no-capture"],
  ["%00", "%2e%2e%2f"],
] as const;

test("the table has every route", () => {
  expect(Object.keys(TABLE).sort()).toEqual(routes.map((route) => route.operationId).sort());
});

describe.each(routes)("$operationId", ({ operationId, method, path, body, names }) => {
  const [owned, others, nobodys, badTokens] = TABLE[operationId]!;

  const run = (binId: string, id: string, headers: Record<string, string>) =>
    api.call(method.toUpperCase(), path.replace("{binId}", binId).replace("{id}", id), {
      headers,
      json: body && {},
    });

  test("gives each caller what is theirs", async () => {
    const [owner, other] = [await api.newOwner(), await api.newOwner()];
    const { id } = await api.capture(owner.binId, Buffer.from("hello"));
    const statusFor = async (headers: Record<string, string>) =>
      (await run(owner.binId, id, headers)).status;
    // The owner comes last: some of these calls delete what the others must not see.
    expect(await statusFor(other.bearer)).toBe(others);
    expect(await statusFor(other.cookie)).toBe(others);
    expect(await statusFor({})).toBe(nobodys);
    expect(await statusFor({ cookie: "inlet_workspace=nobody" })).toBe(nobodys);
    expect(await statusFor({ authorization: "Bearer nobody" })).toBe(badTokens);
    expect(await statusFor({ ...owner.cookie, authorization: "Bearer nobody" })).toBe(badTokens);
    expect(await statusFor(owner.bearer)).toBe(owned);
  });

  test.runIf(names)(
    "answers the same for what is somebody else's, not there, or no id",
    async () => {
      const [owner, other] = [await api.newOwner(), await api.newOwner()];
      const { id } = await api.capture(owner.binId, Buffer.from("hello"));
      const answer = async (binId: string, id: string, headers: Record<string, string>) => {
        const response = await run(binId, id, headers);
        const { requestId, ...problem } = await expectProblem(response, "not_found");
        return {
          problem,
          headers: [...response.headers].filter(([, value]) => value !== requestId),
        };
      };
      const others = await answer(owner.binId, id, other.bearer);
      for (const [binId, captureId] of NO_IDS) {
        expect(await answer(binId, captureId, other.bearer)).toEqual(others);
        expect(await answer(binId, captureId, {})).toEqual(others);
      }
    },
  );
});
