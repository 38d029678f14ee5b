import { customAlphabet } from "nanoid";
import type { Redactor } from "./access/redaction/redactor.ts";
import { hashSecret, newLinkSecret } from "./access/secrets.ts";
import { ownBin } from "./bins.ts";
import {
  decodeText,
  ownCapture,
  presentCapture,
  presentSummary,
  summarize,
  toHttp,
} from "./captures.ts";
import type { Capture, Summary } from "./contract/capture.ts";
import type { Resend } from "./contract/delivery.ts";
import { BIN_ID_ALPHABET, BIN_ID_LENGTH } from "./contract/ids.ts";
import { TEXT_MAX_BYTES } from "./contract/limits.ts";
import type { NewCapture } from "./contract/new-capture.ts";
import type { HeaderPair } from "./contract/reply.ts";
import type { Redaction, Share, Shared, SharedDelivery } from "./contract/share.ts";
import type { UnstoredDelivery } from "./deliveries.ts";
import { AppError, isAppError, notFound } from "./errors.ts";
import { exportCapture } from "./export/export-capture.ts";
import { EXTENSIONS } from "./exports.ts";
import type { Shares } from "./runtime.ts";
import type { Sendable } from "./sending.ts";
import type { CaptureRecord, ShareRecord } from "./store/records.ts";
import type { Store } from "./store/store.ts";

/** A list looks into bodies up to this, for secrets that the path or the query repeats. */
const LISTED_BODY_MAX = 256 * 1024;
const NO_CHANGE: Redaction = { hide: [], show: [] };

const newShareId = customAlphabet(BIN_ID_ALPHABET, BIN_ID_LENGTH);

export type SharesOptions = {
  store: Pick<
    Store,
    | "findBin"
    | "findCapture"
    | "findBody"
    | "pageOfCaptures"
    | "findShare"
    | "findShareByHash"
    | "listShares"
    | "write"
  >;
  redactor: Redactor;
  publicUrl: string;
  now: () => Date;
  onRevoked(shareId: string): void;
  /** Sends what a link shows, and keeps nothing of it. */
  send(capture: Sendable, body: Uint8Array, input: Resend): Promise<UnstoredDelivery>;
  /** Counts one sending; throws `rate_limited` for one too many. */
  admitResend(shareId: string, address: string | null): Promise<void>;
};

/** What the live feed needs of a link. */
export type LiveShare = Pick<ShareRecord, "id" | "binId" | "captureId" | "redact" | "fields"> & {
  expiresAt: Date | null;
};

const gone = (message: string) => new AppError("gone", message);
const ASK = "Ask whoever sent you the link for a new one.";

function present(share: ShareRecord): Share {
  const { id, binId, captureId, label, redact, fields, views, resends } = share;
  return {
    id,
    binId,
    captureId,
    label,
    redact,
    fields,
    allow: { resend: share.allowResend },
    createdAt: share.createdAt.toISOString(),
    expiresAt: share.expiresAt?.toISOString() ?? null,
    views,
    lastViewedAt: share.lastViewedAt?.toISOString() ?? null,
    resends,
  };
}

/** A reader learns neither the bin's id, which would let them send to it, nor the owner's notes. */
const asShared = <S extends Summary>(summary: S, share: Pick<LiveShare, "id">): S => ({
  ...summary,
  binId: share.id,
  note: null,
  starred: false,
});

function toPairs(flat: string[]): HeaderPair[] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]);
}

function presentSent(
  { id: binId }: Pick<LiveShare, "id">,
  captureId: string,
  { startedAt, result, body, ...sent }: UnstoredDelivery,
): SharedDelivery {
  const { response, redirects, timings, error } = result;
  const text = body && decodeText(body);
  const base64 = body && text === null ? Buffer.from(body).toString("base64") : null;
  return {
    ...sent,
    binId,
    captureId,
    startedAt: startedAt.toISOString(),
    redirects,
    response: response && { ...response, text, base64 },
    timings,
    error,
  };
}

/**
 * The summary of a capture that was stored this moment, for the watchers of a link; null where
 * redacting it could keep senders waiting, so that it has to be listed.
 */
export function summarizeShared(
  redactor: Redactor,
  share: LiveShare,
  capture: NewCapture,
  seq: number,
): Summary | null {
  const record = {
    ...capture,
    headers: toPairs(capture.rawHeaders),
    trailers: toPairs(capture.rawTrailers),
  };
  if (!share.redact) return asShared(summarize(record, seq), share);
  const redacted = redactor.redactNow(record, capture.body, share.fields);
  return redacted && asShared(summarize(redacted.record, seq), share);
}

export function createShares(options: SharesOptions): Shares & {
  /** Null when the secret opens nothing (any more). */
  findLive(secret: string): Promise<LiveShare | null>;
} {
  const { store, redactor, publicUrl, now, onRevoked, send, admitResend } = options;

  const isOver = (share: ShareRecord): boolean =>
    share.revokedAt !== null || (share.expiresAt !== null && share.expiresAt <= now());

  /** The link with its bin, or with its one capture. */
  const use = async (secret: string) => {
    const share = await store.findShareByHash(hashSecret(secret));
    if (!share) throw notFound("share");
    if (share.revokedAt) throw gone(`This link was taken back. ${ASK}`);
    if (isOver(share)) throw gone(`This link has expired. ${ASK}`);
    const bin = await store.findBin(share.binId);
    if (!bin) throw gone(`The bin that this link showed was deleted. ${ASK}`);
    if (share.captureId !== null && !(await store.findCapture(share.captureId))) {
      throw gone(`The capture that this link showed was deleted. ${ASK}`);
    }
    return { share, bin };
  };

  const redacted = async (
    share: LiveShare,
    record: CaptureRecord,
    body: Uint8Array,
  ): Promise<{ record: CaptureRecord; body: Uint8Array }> =>
    share.redact ? redactor.redact(record, body, share.fields) : { record, body };

  const read = async (secret: string, id: string) => {
    const { share } = await use(secret);
    const isOther = share.captureId !== null && share.captureId !== id;
    const record = isOther ? null : await store.findCapture(id);
    if (!record || record.binId !== share.binId) throw notFound("capture");
    const body = await store.findBody(id);
    if (!body) throw notFound("capture");
    return { share, ...(await redacted(share, record, body)) };
  };

  const presentShared = (
    share: Pick<LiveShare, "id">,
    record: CaptureRecord,
    body: Uint8Array,
  ): Capture => {
    const text = body.byteLength < TEXT_MAX_BYTES ? decodeText(body) : null;
    return asShared(presentCapture(record, text), share);
  };

  const presentLink = ({ share, bin }: Awaited<ReturnType<typeof use>>): Shared => ({
    id: share.id,
    kind: share.captureId === null ? "bin" : "capture",
    redact: share.redact,
    allow: { resend: share.allowResend },
    expiresAt: share.expiresAt?.toISOString() ?? null,
    captureId: share.captureId,
    captureCount: share.captureId === null ? bin.captureCount : null,
  });

  return {
    async create(visitor, of, input) {
      const captureId = "captureId" in of ? of.captureId : null;
      const binId =
        "binId" in of ? of.binId : (await ownCapture(store, visitor, of.captureId)).binId;
      const { workspaceId } = await ownBin(store, visitor, binId);
      const { expiresIn, redact, fields = NO_CHANGE, label = null, allow } = input;
      const secret = newLinkSecret();
      const createdAt = now();
      const share = await store.write("createShare", {
        id: newShareId(),
        workspaceId,
        binId,
        captureId,
        hash: hashSecret(secret),
        label,
        redact,
        fields,
        allowResend: allow?.resend ?? false,
        createdAt,
        expiresAt: expiresIn === null ? null : new Date(createdAt.getTime() + expiresIn * 1000),
      });
      return { ...present(share), url: `${publicUrl}/s/${secret}` };
    },
    async list(visitor) {
      return (await store.listShares(visitor.workspaceId)).map(present);
    },
    async revoke(visitor, id) {
      const share = visitor && (await store.findShare(id));
      if (!share || share.workspaceId !== visitor.workspaceId || share.revokedAt) {
        throw notFound("share");
      }
      await store.write("revokeShare", id, now());
      onRevoked(id);
    },
    async preview(visitor, captureId, { redact, fields = NO_CHANGE }) {
      const record = await ownCapture(store, visitor, captureId);
      const body = await store.findBody(captureId);
      if (!body) throw notFound("capture");
      const share = { id: newShareId(), redact, fields };
      if (!redact) return { capture: presentShared(share, record, body), fields: [] };
      const shown = await redactor.redact(record, body, fields);
      return {
        capture: presentShared(share, shown.record, shown.body),
        fields: shown.fields,
      };
    },
    open: async (secret) => presentLink(await use(secret)),
    async view(secret) {
      const link = await use(secret);
      await store.write("countView", link.share.id, now());
      return presentLink(link);
    },
    async isGone(secret) {
      try {
        await use(secret);
        return false;
      } catch (error) {
        if (isAppError(error)) return error.code === "gone";
        throw error;
      }
    },
    async page(secret, query) {
      const { share } = await use(secret);
      if (share.captureId !== null) {
        const { record } = await read(secret, share.captureId);
        return { captures: [asShared(presentSummary(record), share)], hasMore: false };
      }
      const page = await store.pageOfCaptures(share.binId, query);
      const captures: Summary[] = [];
      for (const { id, bodySize } of page.captures) {
        const record = await store.findCapture(id);
        if (!record) continue;
        const short = bodySize <= LISTED_BODY_MAX ? await store.findBody(id) : null;
        const shown = await redacted(share, record, short ?? new Uint8Array());
        captures.push(asShared(presentSummary(shown.record), share));
      }
      return { captures, hasMore: page.hasMore };
    },
    async capture(secret, id) {
      const { share, record, body } = await read(secret, id);
      return presentShared(share, record, body);
    },
    async body(secret, id) {
      const { share, record, body } = await read(secret, id);
      return { capture: asShared(presentSummary(record), share), body };
    },
    async http(secret, id) {
      const { share, record, body } = await read(secret, id);
      return { capture: asShared(presentSummary(record), share), body: toHttp(record, body) };
    },
    async export(secret, id, format) {
      const { share, record, body } = await read(secret, id);
      const capture = asShared(presentCapture(record, null), share);
      // The bin's own host would tell its id.
      const content = exportCapture({ capture, body, origin: publicUrl }, format);
      return { name: `capture-${record.seq}.${EXTENSIONS[format]}`, content };
    },
    async resend(secret, id, input, address) {
      const { share, record, body } = await read(secret, id);
      if (!share.allowResend) {
        throw new AppError("forbidden", `This link is for reading alone. ${ASK}`);
      }
      await admitResend(share.id, address);
      const sent = await send(record, body, input);
      await store.write("countSharedResend", share.id);
      return presentSent(share, id, sent);
    },
    async findLive(secret) {
      try {
        return (await use(secret)).share;
      } catch (error) {
        if (isAppError(error) && error.status < 500) return null;
        throw error;
      }
    },
  };
}
