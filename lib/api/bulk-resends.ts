import {
  bulkDeliveriesQuerySchema,
  bulkDeliveriesSchema,
  bulkResendSchema,
  bulkResendsSchema,
  createBulkResendSchema,
} from "#lib/contract/bulk-resend.ts";
import { aBin, aBulkResend, defineRoute } from "./route.ts";
import { json } from "./success.ts";

const createBulkResend = defineRoute({
  method: "post",
  path: "/bins/{binId}/bulk-resends",
  operationId: "createBulkResend",
  summary: "Send many captures to a URL again, one after another",
  description:
    "Which ones and in what order is settled by this call. Answers at once; it goes on by itself, " +
    "after a restart of the server too. What was on its way when the server died is sent again. " +
    "Each capture gets a delivery of its own.",
  access: "optional",
  names: aBin,
  body: createBulkResendSchema,
  success: json(201, "It has begun", bulkResendSchema),
  handler: ({ runtime, visitor, params, body }) => runtime.bulk.create(visitor, params.binId, body),
});

const listBulkResends = defineRoute({
  method: "get",
  path: "/bins/{binId}/bulk-resends",
  operationId: "listBulkResends",
  summary: "List a bin's bulk resends",
  description: "Those that run or are paused, and the 50 that ended last.",
  access: "optional",
  names: aBin,
  success: json(200, "The bulk resends", bulkResendsSchema),
  handler: ({ runtime, visitor, params }) => runtime.bulk.list(visitor, params.binId),
});

const getBulkResend = defineRoute({
  method: "get",
  path: "/bulk-resends/{id}",
  operationId: "getBulkResend",
  summary: "Get how far a bulk resend is",
  access: "optional",
  names: aBulkResend,
  success: json(200, "The bulk resend", bulkResendSchema),
  handler: ({ runtime, visitor, params }) => runtime.bulk.get(visitor, params.id),
});

const listBulkDeliveries = defineRoute({
  method: "get",
  path: "/bulk-resends/{id}/deliveries",
  operationId: "listBulkDeliveries",
  summary: "List what came of a bulk resend's captures",
  description:
    "Those that have ended, in the order of the captures; `outcome` picks some. With `hasMore`, " +
    "the last one's `index` as `after` gives the next ones.",
  access: "optional",
  names: aBulkResend,
  query: bulkDeliveriesQuerySchema,
  success: json(200, "What came of them", bulkDeliveriesSchema),
  handler: ({ runtime, visitor, params, query }) =>
    runtime.bulk.deliveries(visitor, params.id, query),
});

const HAS_ENDED = "One that has ended stays as it is.";

const pauseBulkResend = defineRoute({
  method: "post",
  path: "/bulk-resends/{id}/pause",
  operationId: "pauseBulkResend",
  summary: "Pause a bulk resend",
  description: `What is on its way comes to its end. It stays paused until it is resumed. ${HAS_ENDED}`,
  access: "optional",
  names: aBulkResend,
  success: json(200, "The bulk resend", bulkResendSchema),
  handler: ({ runtime, visitor, params }) => runtime.bulk.pause(visitor, params.id),
});

const resumeBulkResend = defineRoute({
  method: "post",
  path: "/bulk-resends/{id}/resume",
  operationId: "resumeBulkResend",
  summary: "Let a paused bulk resend go on",
  description: HAS_ENDED,
  access: "optional",
  names: aBulkResend,
  success: json(200, "The bulk resend", bulkResendSchema),
  handler: ({ runtime, visitor, params }) => runtime.bulk.resume(visitor, params.id),
});

const cancelBulkResend = defineRoute({
  method: "post",
  path: "/bulk-resends/{id}/cancel",
  operationId: "cancelBulkResend",
  summary: "End a bulk resend before all is sent",
  description: `What is on its way comes to its end and is counted. ${HAS_ENDED}`,
  access: "optional",
  names: aBulkResend,
  success: json(200, "The bulk resend", bulkResendSchema),
  handler: ({ runtime, visitor, params }) => runtime.bulk.cancel(visitor, params.id),
});

export const bulkResendRoutes = [
  createBulkResend,
  listBulkResends,
  getBulkResend,
  listBulkDeliveries,
  pauseBulkResend,
  resumeBulkResend,
  cancelBulkResend,
];
