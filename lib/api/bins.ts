import {
  binListSchema,
  binSchema,
  createBinSchema,
  createdBinSchema,
  updateBinSchema,
} from "#lib/contract/bin.ts";
import { aBin, defineRoute } from "./route.ts";
import { json, noContent } from "./success.ts";

const createBin = defineRoute({
  method: "post",
  path: "/bins",
  operationId: "createBin",
  summary: "Make a bin",
  description:
    "Without credentials a workspace is made too: its cookie is set, and `token` is in the " +
    "answer, this once. An address can make so many in a time: the RateLimit headers say how many are left. " +
    "Where the instance is closed, somebody has to be signed in.",
  access: "optional",
  body: createBinSchema,
  errors: ["rate_limited"],
  success: json(201, "The new bin", createdBinSchema),
  async handler({ runtime, visitor, body, headers, address, agent }) {
    // Before a workspace is made, which a refused bin would leave behind without its token.
    runtime.bins.check(body);
    const left = await runtime.limits.takeBin(address);
    for (const [name, value] of Object.entries(left)) headers.set(name, value);
    const workspace = visitor ? null : await runtime.access.createWorkspace(agent);
    const bin = await runtime.bins.create(visitor ?? workspace!.visitor, body);
    headers.set("Location", `/api/v1/bins/${bin.id}`);
    if (!workspace) return bin;
    headers.append("Set-Cookie", workspace.setCookie);
    return { ...bin, token: workspace.token };
  },
});

const listBins = defineRoute({
  method: "get",
  path: "/bins",
  operationId: "listBins",
  summary: "List the workspace's bins, newest first",
  access: "required",
  success: json(200, "The bins", binListSchema),
  handler: async ({ runtime, visitor }) => ({ bins: await runtime.bins.list(visitor) }),
});

const getBin = defineRoute({
  method: "get",
  path: "/bins/{binId}",
  operationId: "getBin",
  summary: "Get a bin",
  description: "Counts as a visit: the bin's time to live starts anew.",
  access: "optional",
  names: aBin,
  success: json(200, "The bin", binSchema),
  handler: ({ runtime, visitor, params }) => runtime.bins.get(visitor, params.binId),
});

const updateBin = defineRoute({
  method: "patch",
  path: "/bins/{binId}",
  operationId: "updateBin",
  summary: "Change a bin's name or reply",
  description:
    "What is left out stays. `name: null` takes the name away, `reply: null` goes back to the default reply.",
  access: "optional",
  names: aBin,
  body: updateBinSchema,
  success: json(200, "The bin as it is now", binSchema),
  handler: ({ runtime, visitor, params, body }) => runtime.bins.update(visitor, params.binId, body),
});

const deleteBin = defineRoute({
  method: "delete",
  path: "/bins/{binId}",
  operationId: "deleteBin",
  summary: "Delete a bin and all its captures",
  access: "optional",
  names: aBin,
  success: noContent("The bin is gone"),
  handler: ({ runtime, visitor, params }) => runtime.bins.delete(visitor, params.binId),
});

export const binRoutes = [createBin, listBins, getBin, updateBin, deleteBin];
