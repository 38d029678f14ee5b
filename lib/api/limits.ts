import { instanceLimitsSchema } from "#lib/contract/instance-limits.ts";
import { defineRoute } from "./route.ts";
import { json } from "./success.ts";

const getLimits = defineRoute({
  method: "get",
  path: "/limits",
  operationId: "getLimits",
  summary: "Get what is limited here, and what is left of it",
  description: "Of the caller's address, and of its workspace where it has one. Counts nothing.",
  access: "optional",
  success: json(200, "The limits; null where nothing is limited", instanceLimitsSchema),
  handler: ({ runtime, visitor, address }) => runtime.limits.get(visitor, address),
});

export const limitRoutes = [getLimits];
