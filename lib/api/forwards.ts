import {
  captureForwardsSchema,
  forwardPageQuerySchema,
  forwardPageSchema,
  forwardSchema,
  retriedForwardsSchema,
} from "#lib/contract/forward.ts";
import {
  createForwardRuleSchema,
  forwardRuleListSchema,
  forwardRuleSchema,
  updateForwardRuleSchema,
} from "#lib/contract/forward-rule.ts";
import { aBin, aCapture, aForward, aRule, defineRoute } from "./route.ts";
import { json, noContent } from "./success.ts";

const createForwardRule = defineRoute({
  method: "post",
  path: "/bins/{binId}/rules",
  operationId: "createForwardRule",
  summary: "Forward a bin's new captures to a URL",
  description:
    "Each capture that comes from now on, and matches `query` where there is one, is sent to `url` " +
    "as it came, at least once. A 2xx is success. Connection errors, timeouts, 408, 429 and 5xx are " +
    "tried again, `Retry-After` is honoured, with growing pauses over up to three days; everything " +
    "else has failed at once. Redirects are not followed. Incomplete and malformed requests are not " +
    "forwarded. A bin has at most 10 rules. With `answerSender` the sender gets the target's answer.",
  access: "optional",
  names: aBin,
  body: createForwardRuleSchema,
  success: json(201, "The new rule", forwardRuleSchema),
  async handler({ runtime, visitor, params, body, headers }) {
    const rule = await runtime.forwards.create(visitor, params.binId, body);
    headers.set("Location", `/api/v1/rules/${rule.id}`);
    return rule;
  },
});

const listForwardRules = defineRoute({
  method: "get",
  path: "/bins/{binId}/rules",
  operationId: "listForwardRules",
  summary: "List a bin's forward rules, oldest first",
  access: "optional",
  names: aBin,
  success: json(200, "The rules", forwardRuleListSchema),
  handler: ({ runtime, visitor, params }) => runtime.forwards.list(visitor, params.binId),
});

const getForwardRule = defineRoute({
  method: "get",
  path: "/rules/{id}",
  operationId: "getForwardRule",
  summary: "Get a forward rule",
  access: "optional",
  names: aRule,
  success: json(200, "The rule", forwardRuleSchema),
  handler: ({ runtime, visitor, params }) => runtime.forwards.get(visitor, params.id),
});

const updateForwardRule = defineRoute({
  method: "patch",
  path: "/rules/{id}",
  operationId: "updateForwardRule",
  summary: "Change a forward rule",
  description:
    "What is left out stays. A disabled rule sends nothing: what waits stands still until it is " +
    "enabled, and what comes meanwhile is not forwarded. Forwards that wait go to a new `url` too.",
  access: "optional",
  names: aRule,
  body: updateForwardRuleSchema,
  success: json(200, "The rule as it is now", forwardRuleSchema),
  handler: ({ runtime, visitor, params, body }) =>
    runtime.forwards.update(visitor, params.id, body),
});

const deleteForwardRule = defineRoute({
  method: "delete",
  path: "/rules/{id}",
  operationId: "deleteForwardRule",
  summary: "Delete a forward rule",
  description: "Nothing more is sent for it. Its deliveries stay beside their captures.",
  access: "optional",
  names: aRule,
  success: noContent("The rule is gone"),
  handler: ({ runtime, visitor, params }) => runtime.forwards.delete(visitor, params.id),
});

const listForwards = defineRoute({
  method: "get",
  path: "/rules/{id}/forwards",
  operationId: "listForwards",
  summary: "List what became of a rule's captures",
  description: "By their captures, newest first. Each goes with its capture.",
  access: "optional",
  names: aRule,
  query: forwardPageQuerySchema,
  success: json(200, "A page of forwards", forwardPageSchema),
  handler: ({ runtime, visitor, params, query }) =>
    runtime.forwards.page(visitor, params.id, query),
});

const retryForwards = defineRoute({
  method: "post",
  path: "/rules/{id}/retry",
  operationId: "retryForwards",
  summary: "Try all failed forwards of a rule again",
  description: "They wait again, with all their attempts before them and the first one at once.",
  access: "optional",
  names: aRule,
  errors: ["invalid_request"],
  success: json(200, "How many", retriedForwardsSchema),
  handler: ({ runtime, visitor, params }) => runtime.forwards.retryFailed(visitor, params.id),
});

const retryForward = defineRoute({
  method: "post",
  path: "/forwards/{id}/retry",
  operationId: "retryForward",
  summary: "Try a forward again, at once",
  description: "One that failed has all its attempts before it again.",
  access: "optional",
  names: aForward,
  errors: ["invalid_request"],
  success: json(200, "The forward, which waits now", forwardSchema),
  handler: ({ runtime, visitor, params }) => runtime.forwards.retry(visitor, params.id),
});

const listCaptureForwards = defineRoute({
  method: "get",
  path: "/captures/{id}/forwards",
  operationId: "listCaptureForwards",
  summary: "List where rules forward a capture to",
  access: "optional",
  names: aCapture,
  success: json(200, "One for each rule that took it", captureForwardsSchema),
  handler: ({ runtime, visitor, params }) => runtime.forwards.ofCapture(visitor, params.id),
});

export const forwardRoutes = [
  createForwardRule,
  listForwardRules,
  getForwardRule,
  updateForwardRule,
  deleteForwardRule,
  listForwards,
  retryForwards,
  retryForward,
  listCaptureForwards,
];
