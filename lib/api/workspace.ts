import {
  createdDeviceLinkSchema,
  deviceLinkSchema,
  inventorySchema,
  updateWorkspaceSchema,
  workspaceSchema,
} from "#lib/contract/workspace.ts";
import { aDeviceLink, aDeviceSecret, defineRoute } from "./route.ts";
import { json, noContent } from "./success.ts";

const getWorkspace = defineRoute({
  method: "get",
  path: "/workspace",
  operationId: "getWorkspace",
  summary: "Get the workspace that the credentials open",
  access: "required",
  success: json(200, "The workspace", workspaceSchema),
  handler: ({ runtime, visitor }) => runtime.workspaces.get(visitor),
});

const updateWorkspace = defineRoute({
  method: "patch",
  path: "/workspace",
  operationId: "updateWorkspace",
  summary: "Name the workspace",
  access: "required",
  body: updateWorkspaceSchema,
  success: json(200, "The workspace", workspaceSchema),
  handler: ({ runtime, visitor, body }) => runtime.workspaces.update(visitor, body),
});

const getInventory = defineRoute({
  method: "get",
  path: "/workspace/inventory",
  operationId: "getInventory",
  summary: "List all that deleting the workspace would delete",
  access: "required",
  success: json(200, "What there is", inventorySchema),
  handler: ({ runtime, visitor }) => runtime.workspaces.inventory(visitor),
});

const deleteWorkspace = defineRoute({
  method: "delete",
  path: "/workspace",
  operationId: "deleteWorkspace",
  summary: "Delete everything: the workspace, its bins and captures, links, tokens and browsers",
  description:
    "Nothing of it can be read from the answer on, and its rows are removed from the disk. It " +
    "cannot be undone.",
  access: "required",
  success: noContent("All of it is gone"),
  async handler({ runtime, visitor, headers }) {
    const setCookie = await runtime.workspaces.delete(visitor);
    if (setCookie) headers.append("Set-Cookie", setCookie);
  },
});

const leaveWorkspace = defineRoute({
  method: "post",
  path: "/workspace/leave",
  operationId: "leaveWorkspace",
  summary: "End the credentials that this call is made with",
  description:
    "A browser loses its cookie, a token is revoked. What is in the workspace stays, for the " +
    "others that it has.",
  access: "required",
  // Whoever holds a token may put it out of use.
  scope: "read",
  errors: ["invalid_request"],
  success: noContent("These credentials open nothing any more"),
  async handler({ runtime, visitor, headers }) {
    const setCookie = await runtime.workspaces.leave(visitor);
    if (setCookie) headers.append("Set-Cookie", setCookie);
  },
});

const createDeviceLink = defineRoute({
  method: "post",
  path: "/workspace/device-links",
  operationId: "createDeviceLink",
  summary: "Make a link that opens the workspace in one more browser, once",
  description: "It is good for ten minutes. `url` is in this answer, this once.",
  access: "required",
  success: json(201, "The link", createdDeviceLinkSchema),
  handler: ({ runtime, visitor }) => runtime.deviceLinks.create(visitor),
  errors: ["invalid_request"],
});

const getDeviceLink = defineRoute({
  method: "get",
  path: "/workspace/device-links/{id}",
  operationId: "getDeviceLink",
  summary: "Get whether a link to another device was used",
  access: "optional",
  names: aDeviceLink,
  success: json(200, "The link, without its secret", deviceLinkSchema),
  handler: ({ runtime, visitor, params }) => runtime.deviceLinks.get(visitor, params.id),
});

const cancelDeviceLink = defineRoute({
  method: "delete",
  path: "/workspace/device-links/{id}",
  operationId: "cancelDeviceLink",
  summary: "Cancel a link to another device that was not used",
  access: "optional",
  names: aDeviceLink,
  success: noContent("The link opens nothing any more"),
  handler: ({ runtime, visitor, params }) => runtime.deviceLinks.cancel(visitor, params.id),
});

const openDeviceLink = defineRoute({
  method: "post",
  path: "/device-links/{secret}",
  operationId: "openDeviceLink",
  summary: "Open a workspace in this browser with a link from another device",
  description:
    "Sets this browser's cookie and uses the link up; a browser that has the workspace already " +
    "leaves it as it is. A workspace that the browser had before is left.",
  access: "optional",
  names: aDeviceSecret,
  errors: ["invalid_request", "gone"],
  success: json(200, "The workspace", workspaceSchema),
  async handler({ runtime, visitor, params, headers, agent }) {
    const { secret } = params;
    const { workspace, setCookie } = await runtime.deviceLinks.open(visitor, secret, agent);
    if (setCookie) headers.append("Set-Cookie", setCookie);
    return workspace;
  },
});

export const workspaceRoutes = [
  getWorkspace,
  updateWorkspace,
  deleteWorkspace,
  getInventory,
  leaveWorkspace,
  createDeviceLink,
  getDeviceLink,
  cancelDeviceLink,
  openDeviceLink,
];
