import { request, requestJson } from "#components/api/request.ts";
import type { Bin, BinList, CreateBin, CreatedBin, UpdateBin } from "#lib/contract/bin.ts";

export function createBin(input: CreateBin): Promise<CreatedBin> {
  return requestJson("/bins", { method: "POST", body: input });
}

/** Newest first. */
export function listBins(signal?: AbortSignal): Promise<BinList> {
  return requestJson("/bins", { signal });
}

export function getBin(binId: string, signal?: AbortSignal): Promise<Bin> {
  return requestJson(`/bins/${binId}`, { signal });
}

export function updateBin(binId: string, input: UpdateBin): Promise<Bin> {
  return requestJson(`/bins/${binId}`, { method: "PATCH", body: input });
}

export async function deleteBin(binId: string): Promise<void> {
  await request(`/bins/${binId}`, { method: "DELETE" });
}
