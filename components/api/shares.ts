import { request, requestJson } from "#components/api/request.ts";
import type {
  CreatedShare,
  PreviewShare,
  Redaction,
  Share,
  SharePreview,
} from "#lib/contract/share.ts";

/** What a link is made for. */
export type ShareOf = { captureId: string } | { binId: string };

export type NewShare = {
  expiresIn: number | null;
  redact: boolean;
  fields: Redaction;
  label: string | null;
};

export function createShare(of: ShareOf, input: NewShare): Promise<CreatedShare> {
  const path = "captureId" in of ? `/captures/${of.captureId}` : `/bins/${of.binId}`;
  return requestJson(`${path}/shares`, { method: "POST", body: input });
}

export function previewShare(
  captureId: string,
  input: PreviewShare,
  signal: AbortSignal,
): Promise<SharePreview> {
  return requestJson(`/captures/${captureId}/shares/preview`, {
    method: "POST",
    body: input,
    signal,
  });
}

export async function listShares(of: ShareOf, signal?: AbortSignal): Promise<Share[]> {
  const { shares } = await requestJson<{ shares: Share[] }>("/shares", { signal });
  return shares.filter((share) =>
    "captureId" in of
      ? share.captureId === of.captureId
      : share.binId === of.binId && share.captureId === null,
  );
}

export async function revokeShare(id: string): Promise<void> {
  await request(`/shares/${id}`, { method: "DELETE" });
}
