import { binExportQuerySchema, captureExportQuerySchema } from "#lib/contract/export.ts";
import { aBin, aCapture, defineRoute } from "./route.ts";
import { file } from "./success.ts";

const exportCapture = defineRoute({
  method: "get",
  path: "/captures/{id}/export",
  operationId: "exportCapture",
  summary: "Export a capture as code or for another tool",
  access: "optional",
  names: aCapture,
  query: captureExportQuerySchema,
  success: file("The export"),
  handler: ({ runtime, visitor, params, query }) =>
    runtime.exports.capture(visitor, params.id, query.format),
});

const exportBin = defineRoute({
  method: "get",
  path: "/bins/{binId}/export",
  operationId: "exportBin",
  summary: "Export captures of a bin in one file",
  description:
    "Oldest first, up to the newest at the time of the call; sent while it is made. In `har`, `json` " +
    "and `ndjson` each capture is one line. A file that could not be finished ends with a broken " +
    "connection.",
  access: "optional",
  names: aBin,
  query: binExportQuerySchema,
  success: file("The export"),
  handler: ({ runtime, visitor, params, query }) =>
    runtime.exports.bin(visitor, params.binId, query),
});

export const exportRoutes = [exportCapture, exportBin];
