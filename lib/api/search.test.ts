import { beforeAll, describe, expect, test } from "vitest";
import { capturePageSchema } from "#lib/contract/capture.ts";
import { expectProblem, type Owner, startApi } from "./testing.ts";

const { call, origin, newOwner } = await startApi();

describe("q in the list of captures", () => {
  let owner: Owner;

  beforeAll(async () => {
    owner = await newOwner();
    for (const number of [1, 2, 3, 4]) {
      const response = await fetch(`${origin}/in/${owner.binId}/orders/${number}?n=${number}`, {
        method: number === 2 ? "PUT" : "POST",
        headers: { "Content-Type": "application/json", "X-Event": `order.${number}` },
        body: JSON.stringify({ action: number % 2 ? "opened" : "closed", id: number }),
      });
      expect(response.status).toBe(200);
    }
  });

  const get = (query: Record<string, string>) =>
    call("GET", `/bins/${owner.binId}/captures?${new URLSearchParams(query)}`, {
      headers: owner.bearer,
    });

  const page = async (query: Record<string, string>) => {
    const response = await get(query);
    expect(response.status).toBe(200);
    const { captures, ...rest } = capturePageSchema.parse(await response.json());
    return { seqs: captures.map(({ seq }) => seq), ...rest };
  };

  test.each([
    ["", [4, 3, 2, 1]],
    ["method:put", [2]],
    ["path:/ORDERS/3", [3]],
    ["header:x-event=order.4", [4]],
    ["json:$.action=opened", [3, 1]],
    ["json:$.id>2 -json:$.id=4", [3]],
    ["body:closed OR query:=n=1", [4, 2, 1]],
    ["order.2", [2]],
    ["size:0", []],
    ["after:1h", [4, 3, 2, 1]],
    ["before:1h", []],
    ["%", []],
  ])("%s", async (q, seqs) => {
    expect(await page({ q })).toEqual({ seqs, hasMore: false });
  });

  test("goes with limit, before and after", async () => {
    const q = "json:$.action=opened OR method:PUT";
    expect(await page({ q, limit: "2" })).toEqual({ seqs: [3, 2], hasMore: true, next: 2 });
    expect(await page({ q, limit: "2", before: "2" })).toEqual({ seqs: [1], hasMore: false });
    expect(await page({ q, limit: "1", after: "1" })).toEqual({
      seqs: [2],
      hasMore: true,
      next: 2,
    });
  });

  test("that cannot be read is refused, and the answer points at the place", async () => {
    const problem = await expectProblem(await get({ q: "a metod:GET" }), "invalid_request");
    expect(problem.errors).toEqual([
      { field: "q", message: expect.stringContaining("Did you mean method:?"), start: 2, end: 8 },
    ]);
    expect(problem.detail).toContain("Correct q at character 3");
  });

  test("that is too long is refused", async () => {
    const problem = await expectProblem(await get({ q: "a".repeat(1_001) }), "invalid_request");
    expect(problem.errors).toMatchObject([{ field: "q", start: 1_000 }]);
  });

  test("is not for another's bin", async () => {
    const other = await newOwner();
    const path = `/bins/${owner.binId}/captures?q=a`;
    await expectProblem(await call("GET", path, { headers: other.bearer }), "not_found");
  });
});
