import { expect, test } from "vitest";
import { forwardPageSchema } from "#lib/contract/forward.ts";
import { type ForwardRule, forwardRuleSchema } from "#lib/contract/forward-rule.ts";
import { FORWARD_RULES_MAX } from "#lib/contract/limits.ts";
import { expectProblem, type Owner, startApi } from "./testing.ts";

const api = await startApi();
const TARGET = "http://127.0.0.1:9/hooks";

const make = ({ binId, bearer }: Owner, json: object) =>
  api.call("POST", `/bins/${binId}/rules`, { headers: bearer, json });

async function made(owner: Owner, json: object = {}): Promise<ForwardRule> {
  const response = await make(owner, { url: TARGET, ...json });
  expect(response.status).toBe(201);
  return forwardRuleSchema.parse(await response.json());
}

test("a rule has defaults, can be changed, and goes", async () => {
  const owner = await api.newOwner();
  const rule = await made(owner);
  const { id, createdAt, ...rest } = rule;
  expect(rest).toEqual({
    binId: owner.binId,
    url: TARGET,
    name: null,
    query: null,
    path: "keep",
    enabled: true,
    maxAttempts: 8,
    timeoutMs: 30_000,
    answerSender: false,
    answerTimeoutMs: 10_000,
    waiting: 0,
    succeeded: 0,
    failed: 0,
  });
  const headers = owner.bearer;
  const change = { name: "staging", query: "method:POST", enabled: false };
  const patched = await api.call("PATCH", `/rules/${id}`, { headers, json: change });
  expect(await patched.json()).toEqual({ ...rule, ...change });
  expect(await (await api.call("GET", `/rules/${id}`, { headers })).json()).toEqual({
    ...rule,
    ...change,
  });
  const list = await api.call("GET", `/bins/${owner.binId}/rules`, { headers });
  expect(await list.json()).toEqual({ rules: [{ ...rule, ...change }] });
  const page = await api.call("GET", `/rules/${id}/forwards`, { headers });
  expect(forwardPageSchema.parse(await page.json())).toEqual({ forwards: [], hasMore: false });
  const retry = await api.call("POST", `/rules/${id}/retry`, { headers });
  expect((await expectProblem(retry, "invalid_request")).detail).toContain("disabled");
  expect((await api.call("DELETE", `/rules/${id}`, { headers })).status).toBe(204);
  await expectProblem(await api.call("GET", `/rules/${id}`, { headers }), "not_found");
});

test.each([
  [{}, "url"],
  [{ url: "ftp://a/" }, "url"],
  [{ url: "http://a:b@c/" }, "url"],
  [{ url: TARGET, query: "method:" }, "query"],
  [{ url: TARGET, query: "" }, "query"],
  [{ url: TARGET, path: "drop" }, "path"],
  [{ url: TARGET, maxAttempts: 0 }, "maxAttempts"],
  [{ url: TARGET, maxAttempts: 21 }, "maxAttempts"],
  [{ url: TARGET, timeoutMs: 60_001 }, "timeoutMs"],
  [{ url: TARGET, answerTimeoutMs: 30_001 }, "answerTimeoutMs"],
  [{ url: TARGET, body: "x" }, "body"],
])("%j is refused, and the field that is wrong is named", async (json, field) => {
  const owner = await api.newOwner();
  const { errors } = await expectProblem(await make(owner, json), "invalid_request");
  expect(errors?.map((error) => error.field)).toContain(field);
});

test("a query that cannot be read says where", async () => {
  const owner = await api.newOwner();
  const response = await make(owner, { url: TARGET, query: "path:/a (b" });
  const { errors } = await expectProblem(response, "invalid_request");
  expect(errors).toMatchObject([{ field: "query", start: 8, end: 9 }]);
});

test("the bin's own URL is refused, when it is made and when it is changed", async () => {
  const owner = await api.newOwner();
  const url = `http://other.name/in/${owner.binId}/below?x`;
  const { errors } = await expectProblem(await make(owner, { url }), "invalid_request");
  expect(errors).toMatchObject([{ field: "url" }]);
  const { id } = await made(owner);
  const change = { headers: owner.bearer, json: { url } };
  await expectProblem(await api.call("PATCH", `/rules/${id}`, change), "invalid_request");
});

test("a bin has ten rules at most, and one that answers the sender", async () => {
  const owner = await api.newOwner();
  await made(owner, { answerSender: true });
  const second = await make(owner, { url: TARGET, answerSender: true });
  const { errors } = await expectProblem(second, "invalid_request");
  expect(errors).toMatchObject([{ field: "answerSender" }]);
  for (let i = 1; i < FORWARD_RULES_MAX; i++) await made(owner);
  const problem = await expectProblem(await make(owner, { url: TARGET }), "invalid_request");
  expect(problem.detail).toContain("at most 10");
});
