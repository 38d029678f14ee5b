import { request, requestJson } from "#components/api/request.ts";
import type { CreatedToken, CreateToken } from "#lib/contract/token.ts";
import type {
  CreatedDeviceLink,
  DeviceLink,
  Inventory,
  Workspace,
} from "#lib/contract/workspace.ts";

export function renameWorkspace(name: string | null): Promise<Workspace> {
  return requestJson("/workspace", { method: "PATCH", body: { name } });
}

export function getInventory(signal?: AbortSignal): Promise<Inventory> {
  return requestJson("/workspace/inventory", { signal });
}

export async function deleteWorkspace(): Promise<void> {
  await request("/workspace", { method: "DELETE" });
}

export async function leaveWorkspace(): Promise<void> {
  await request("/workspace/leave", { method: "POST" });
}

export function createToken(input: CreateToken): Promise<CreatedToken> {
  return requestJson("/workspace/tokens", { method: "POST", body: input });
}

export async function revokeToken(id: string): Promise<void> {
  await request(`/workspace/tokens/${id}`, { method: "DELETE" });
}

export async function signOutBrowser(id: string): Promise<void> {
  await request(`/workspace/browsers/${id}`, { method: "DELETE" });
}

export function createDeviceLink(): Promise<CreatedDeviceLink> {
  return requestJson("/workspace/device-links", { method: "POST" });
}

export function getDeviceLink(id: string, signal?: AbortSignal): Promise<DeviceLink> {
  return requestJson(`/workspace/device-links/${id}`, { signal });
}

export async function cancelDeviceLink(id: string): Promise<void> {
  await request(`/workspace/device-links/${id}`, { method: "DELETE" });
}

export function openDeviceLink(secret: string): Promise<Workspace> {
  return requestJson(`/device-links/${secret}`, { method: "POST" });
}
