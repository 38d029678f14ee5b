import { capturePageSchema, captureSchema } from "#lib/contract/capture.ts";
import { resendSchema } from "#lib/contract/delivery.ts";
import { captureExportQuerySchema } from "#lib/contract/export.ts";
import {
  createdShareSchema,
  createShareSchema,
  previewShareSchema,
  sharedDeliverySchema,
  sharedPageQuerySchema,
  sharedSchema,
  shareListSchema,
  sharePreviewSchema,
} from "#lib/contract/share.ts";
import type { CaptureBody } from "#lib/runtime.ts";
import { aBin, aCapture, aLink, aShare, aSharedCapture, defineRoute } from "./route.ts";
import { download, file, json, noContent } from "./success.ts";

const REDACTED =
  "What the link hides is replaced by `[redacted]`. Answers 410 once the link is revoked, " +
  "expired, or has nothing to show any more.";

const shareCapture = defineRoute({
  method: "post",
  path: "/captures/{id}/shares",
  operationId: "shareCapture",
  summary: "Make a link that shows one capture",
  description: "`url` is in this answer, this once: only a hash of its secret is kept.",
  access: "optional",
  names: aCapture,
  body: createShareSchema,
  success: json(201, "The link", createdShareSchema),
  handler: ({ runtime, visitor, params, body }) =>
    runtime.shares.create(visitor, { captureId: params.id }, body),
});

const previewShare = defineRoute({
  method: "post",
  path: "/captures/{id}/shares/preview",
  operationId: "previewShare",
  summary: "Get what a link would show of a capture, and what can be hidden or shown",
  access: "optional",
  names: aCapture,
  body: previewShareSchema,
  success: json(200, "The capture as the holder of the link will see it", sharePreviewSchema),
  handler: ({ runtime, visitor, params, body }) => runtime.shares.preview(visitor, params.id, body),
});

const shareBin = defineRoute({
  method: "post",
  path: "/bins/{binId}/shares",
  operationId: "shareBin",
  summary: "Make a link that shows a bin, live",
  description: "`url` is in this answer, this once: only a hash of its secret is kept.",
  access: "optional",
  names: aBin,
  body: createShareSchema,
  success: json(201, "The link", createdShareSchema),
  handler: ({ runtime, visitor, params, body }) =>
    runtime.shares.create(visitor, { binId: params.binId }, body),
});

const listShares = defineRoute({
  method: "get",
  path: "/shares",
  operationId: "listShares",
  summary: "List the workspace's links that are not revoked, newest first",
  access: "required",
  success: json(200, "The links, without their secrets", shareListSchema),
  handler: async ({ runtime, visitor }) => ({ shares: await runtime.shares.list(visitor) }),
});

const revokeShare = defineRoute({
  method: "delete",
  path: "/shares/{id}",
  operationId: "revokeShare",
  summary: "Take a link back",
  description: "It shows nothing from now on; open pages lose their live feed at once.",
  access: "optional",
  names: aShare,
  success: noContent("The link is revoked"),
  handler: ({ runtime, visitor, params }) => runtime.shares.revoke(visitor, params.id),
});

const getShared = defineRoute({
  method: "get",
  path: "/shared/{secret}",
  operationId: "getShared",
  summary: "Get what a link shows: a bin or a capture",
  description: `The secret is the last part of the link's address. ${REDACTED}`,
  access: "public",
  names: aLink,
  errors: ["gone", "unavailable"],
  success: json(200, "What the link shows", sharedSchema),
  handler: ({ runtime, params }) => runtime.shares.open(params.secret),
});

const listSharedCaptures = defineRoute({
  method: "get",
  path: "/shared/{secret}/captures",
  operationId: "listSharedCaptures",
  summary: "List the captures that a link shows",
  description: `Like a bin's captures, at most 50 at a time. ${REDACTED}`,
  access: "public",
  names: aLink,
  query: sharedPageQuerySchema,
  errors: ["gone", "unavailable"],
  success: json(200, "A page of captures", capturePageSchema),
  handler: ({ runtime, params, query }) => runtime.shares.page(params.secret, query),
});

const getSharedCapture = defineRoute({
  method: "get",
  path: "/shared/{secret}/captures/{id}",
  operationId: "getSharedCapture",
  summary: "Get a capture that a link shows",
  description: `Its \`binId\` is the link's id. ${REDACTED}`,
  access: "public",
  names: aSharedCapture,
  errors: ["gone", "unavailable"],
  success: json(200, "The capture", captureSchema),
  handler: ({ runtime, params }) => runtime.shares.capture(params.secret, params.id),
});

const getSharedBody = defineRoute({
  method: "get",
  path: "/shared/{secret}/captures/{id}/body",
  operationId: "getSharedBody",
  summary: "Download the body of a capture that a link shows",
  description: REDACTED,
  access: "public",
  names: aSharedCapture,
  errors: ["gone", "unavailable"],
  success: download(
    "The bytes, with what is hidden replaced",
    ({ capture }: CaptureBody) => `capture-${capture.seq}.bin`,
  ),
  handler: ({ runtime, params }) => runtime.shares.body(params.secret, params.id),
});

const getSharedHttp = defineRoute({
  method: "get",
  path: "/shared/{secret}/captures/{id}/http",
  operationId: "getSharedHttp",
  summary: "Download a capture that a link shows as the HTTP message that came",
  description: REDACTED,
  access: "public",
  names: aSharedCapture,
  errors: ["gone", "unavailable"],
  success: download(
    "The request, with what is hidden replaced",
    ({ capture }: CaptureBody) => `capture-${capture.seq}.http`,
  ),
  handler: ({ runtime, params }) => runtime.shares.http(params.secret, params.id),
});

const exportShared = defineRoute({
  method: "get",
  path: "/shared/{secret}/captures/{id}/export",
  operationId: "exportShared",
  summary: "Export a capture that a link shows as code or for another tool",
  description: REDACTED,
  access: "public",
  names: aSharedCapture,
  query: captureExportQuerySchema,
  errors: ["gone", "unavailable"],
  success: file("The export, with what is hidden replaced"),
  handler: ({ runtime, params, query }) =>
    runtime.shares.export(params.secret, params.id, query.format),
});

const resendShared = defineRoute({
  method: "post",
  path: "/shared/{secret}/captures/{id}/resend",
  operationId: "resendShared",
  summary: "Send what a link shows of a capture to a URL",
  description:
    "For links that allow it. Takes what `resendCapture` takes and sends what the link shows: what " +
    "it hides goes as `[redacted]`. The answer is the one place that has what came of it. Answers " +
    "410 once the link is revoked, expired, or has nothing to show any more.",
  access: "public",
  names: aSharedCapture,
  body: resendSchema,
  errors: ["forbidden", "gone", "rate_limited", "unavailable"],
  success: json(201, "What was sent and what came back", sharedDeliverySchema),
  handler: ({ runtime, params, body, address }) =>
    runtime.shares.resend(params.secret, params.id, body, address),
});

export const shareRoutes = [
  shareCapture,
  previewShare,
  shareBin,
  listShares,
  revokeShare,
  getShared,
  listSharedCaptures,
  getSharedCapture,
  getSharedBody,
  getSharedHttp,
  exportShared,
  resendShared,
];
