import {
  deleteCapturesSchema,
  deletionSchema,
  restorationSchema,
  restoreCapturesSchema,
} from "#lib/contract/deletion.ts";
import { aBin, defineRoute } from "./route.ts";
import { json } from "./success.ts";

const deleteCaptures = defineRoute({
  method: "post",
  path: "/bins/{binId}/captures/delete",
  operationId: "deleteCaptures",
  summary: "Delete captures in a way that can be undone",
  description:
    "Some, by their ids, those that a search finds, or all; with `upTo` none that came after that " +
    "number. They are gone at once for every reader, and can be restored for ten minutes. `DELETE` " +
    "without `q` is for good.",
  access: "optional",
  names: aBin,
  body: deleteCapturesSchema,
  success: json(200, "How many went, and what undoes it", deletionSchema),
  handler: ({ runtime, visitor, params, body }) =>
    runtime.deletions.delete(visitor, params.binId, body),
});

const restoreCaptures = defineRoute({
  method: "post",
  path: "/bins/{binId}/captures/restore",
  operationId: "restoreCaptures",
  summary: "Undo a deletion",
  description:
    "The captures come back as they were, with the numbers that they had. What retention took " +
    "meanwhile stays gone.",
  access: "optional",
  names: aBin,
  body: restoreCapturesSchema,
  success: json(200, "How many came back", restorationSchema),
  errors: ["gone"],
  handler: ({ runtime, visitor, params, body }) =>
    runtime.deletions.restore(visitor, params.binId, body),
});

export const deletionRoutes = [deleteCaptures, restoreCaptures];
