import { readStream } from "#components/api/read-bytes.ts";
import { request, requestJson } from "#components/api/request.ts";
import type { Capture } from "#lib/contract/capture.ts";
import type { ResendInput } from "#lib/contract/delivery.ts";
import type {
  Allow,
  CreatedShare,
  PreviewShare,
  Redaction,
  Share,
  SharedDelivery,
  SharePreview,
} from "#lib/contract/share.ts";

/** What a link is made for. */
export type ShareOf = { captureId: string } | { binId: string };

export type NewShare = {
  expiresIn: number | null;
  redact: boolean;
  fields: Redaction;
  allow: Allow;
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

/** The path, below the API's root, of a capture that a link shows. */
export function sharedCapturePath(secret: string, captureId: string): string {
  return `/shared/${secret}/captures/${captureId}`;
}

export function getSharedCapture(path: string, signal: AbortSignal): Promise<Capture> {
  return requestJson(path, { signal });
}

/** The bytes as the link shows them. */
export async function loadSharedBody(
  path: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await request(`${path}/body`, { signal });
  const { bytes } = await readStream(response.body, Number.POSITIVE_INFINITY);
  return bytes;
}

/** Answers once the target has, or has failed to. */
export function resendShared(path: string, input: ResendInput): Promise<SharedDelivery> {
  return requestJson(`${path}/resend`, { method: "POST", body: input });
}
