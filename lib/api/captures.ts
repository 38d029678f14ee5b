import {
  alikeQuerySchema,
  capturePageQuerySchema,
  capturePageSchema,
  captureSchema,
  starCapturesSchema,
  starredCapturesSchema,
  updateCaptureSchema,
} from "#lib/contract/capture.ts";
import { captureCountSchema, countQuerySchema } from "#lib/contract/capture-scope.ts";
import { clearCapturesQuerySchema, deletionSchema } from "#lib/contract/deletion.ts";
import { timelineQuerySchema, timelineSchema } from "#lib/contract/timeline.ts";
import type { CaptureBody } from "#lib/runtime.ts";
import { aBin, aCapture, defineRoute } from "./route.ts";
import { download, json, jsonOrNoContent, noContent } from "./success.ts";

const listCaptures = defineRoute({
  method: "get",
  path: "/bins/{binId}/captures",
  operationId: "listCaptures",
  summary: "List a bin's captures",
  description:
    "Newest first, from below `before` where it is given; oldest first from above `after`. Both " +
    "are a capture's `seq`. With `q` only captures that match.",
  access: "optional",
  names: aBin,
  query: capturePageQuerySchema,
  success: json(200, "A page of captures, without headers and bodies", capturePageSchema),
  handler: ({ runtime, visitor, params, query }) =>
    runtime.captures.page(visitor, params.binId, query),
});

const countCaptures = defineRoute({
  method: "get",
  path: "/bins/{binId}/captures/count",
  operationId: "countCaptures",
  summary: "Count a bin's captures, or with `q` those that match",
  access: "optional",
  names: aBin,
  query: countQuerySchema,
  success: json(200, "The count", captureCountSchema),
  handler: ({ runtime, visitor, params, query }) =>
    runtime.captures.count(visitor, params.binId, query),
});

const getTimeline = defineRoute({
  method: "get",
  path: "/bins/{binId}/timeline",
  operationId: "getTimeline",
  summary: "Count a bin's captures by the time of their arrival",
  description:
    "In buckets of equal length, by kind: with a problem, else by method. Times are ISO 8601 with " +
    "a zone. Where `sampled` is true, the counts are estimates; with `q` they never are, but may end " +
    "at `searchedFrom`.",
  access: "optional",
  names: aBin,
  query: timelineQuerySchema,
  success: json(200, "The counts", timelineSchema),
  handler: ({ runtime, visitor, params, query }) =>
    runtime.captures.timeline(visitor, params.binId, query),
});

const clearCaptures = defineRoute({
  method: "delete",
  path: "/bins/{binId}/captures",
  operationId: "clearCaptures",
  summary: "Delete all captures of a bin, or with `q` those that match",
  description:
    "Without `q` for good. With `q`, those that match and are there when the call begins go, and can be " +
    "restored for ten minutes; nothing is deleted where the search cannot be read, is blank or fails.",
  access: "optional",
  names: aBin,
  query: clearCapturesQuerySchema,
  keepsEmpty: true,
  success: jsonOrNoContent(
    json(200, "With `q`: how many went, and what undoes it", deletionSchema),
    noContent("Without `q`: the bin is empty"),
  ),
  async handler({ runtime, visitor, params: { binId }, query: { q, upTo, asOf } }) {
    if (q !== undefined) return runtime.deletions.delete(visitor, binId, { q, upTo, asOf });
    await runtime.captures.clear(visitor, binId);
    return null;
  },
});

const getCapture = defineRoute({
  method: "get",
  path: "/captures/{id}",
  operationId: "getCapture",
  summary: "Get a capture with its headers, and its body where that is text",
  access: "optional",
  names: aCapture,
  success: json(200, "The capture", captureSchema),
  handler: ({ runtime, visitor, params }) => runtime.captures.get(visitor, params.id),
});

const listAlikeCaptures = defineRoute({
  method: "get",
  path: "/captures/{id}/alike",
  operationId: "listAlikeCaptures",
  summary: "List the captures of the same bin, method and path",
  description:
    "Newest first, from below the `seq` given as `before`, else from the newest on; the 10,000 " +
    "captures of the bin below that are looked through. With `limit=1` and the capture's own `seq` " +
    "it is the one before.",
  access: "optional",
  names: aCapture,
  query: alikeQuerySchema,
  success: json(200, "A page of captures, without headers and bodies", capturePageSchema),
  handler: ({ runtime, visitor, params, query }) =>
    runtime.captures.alike(visitor, params.id, query),
});

const getCaptureBody = defineRoute({
  method: "get",
  path: "/captures/{id}/body",
  operationId: "getCaptureBody",
  summary: "Download a capture's body, byte for byte",
  access: "optional",
  names: aCapture,
  success: download("The exact bytes", ({ capture }: CaptureBody) => `capture-${capture.seq}.bin`),
  handler: ({ runtime, visitor, params }) => runtime.captures.body(visitor, params.id),
});

const getCaptureHttp = defineRoute({
  method: "get",
  path: "/captures/{id}/http",
  operationId: "getCaptureHttp",
  summary: "Download a capture as the HTTP message that came",
  description:
    "Request line, header lines, a blank line and the body with its chunks joined; for a " +
    "malformed request the bytes as they came.",
  access: "optional",
  names: aCapture,
  success: download("The request", ({ capture }: CaptureBody) => `capture-${capture.seq}.http`),
  handler: ({ runtime, visitor, params }) => runtime.captures.http(visitor, params.id),
});

const updateCapture = defineRoute({
  method: "patch",
  path: "/captures/{id}",
  operationId: "updateCapture",
  summary: "Change a capture's note or star",
  description: "What is left out stays.",
  access: "optional",
  names: aCapture,
  body: updateCaptureSchema,
  success: json(200, "The capture as it is now", captureSchema),
  handler: ({ runtime, visitor, params, body }) =>
    runtime.captures.update(visitor, params.id, body),
});

const starCaptures = defineRoute({
  method: "patch",
  path: "/bins/{binId}/captures",
  operationId: "starCaptures",
  summary: "Star or unstar captures of a bin",
  access: "optional",
  names: aBin,
  body: starCapturesSchema,
  success: json(200, "Which of them changed", starredCapturesSchema),
  handler: ({ runtime, visitor, params, body }) =>
    runtime.captures.star(visitor, params.binId, body),
});

const deleteCapture = defineRoute({
  method: "delete",
  path: "/captures/{id}",
  operationId: "deleteCapture",
  summary: "Delete a capture",
  access: "optional",
  names: aCapture,
  success: noContent("The capture is gone"),
  handler: ({ runtime, visitor, params }) => runtime.captures.delete(visitor, params.id),
});

export const captureRoutes = [
  listCaptures,
  countCaptures,
  getTimeline,
  clearCaptures,
  getCapture,
  listAlikeCaptures,
  getCaptureBody,
  getCaptureHttp,
  updateCapture,
  starCaptures,
  deleteCapture,
];
