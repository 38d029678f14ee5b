import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import type { Logger } from "pino";
import proxyAddr from "proxy-addr";
import type { Visitor } from "./access/access.ts";
import { ADMISSION_HEADER, readAdmission } from "./access/admission.ts";
import { CALLER_ADDRESS_HEADER } from "./access/caller-address.ts";
import { lastUses } from "./access/last-uses.ts";
import { startRedactor } from "./access/redaction/redactor.ts";
import { PLAIN_BEGUN_COOKIE, SECURE_BEGUN_COOKIE } from "./access/sign-in/begun-cookie.ts";
import type { Door } from "./access/sign-in/door.ts";
import { PLAIN_SESSION_COOKIE, SECURE_SESSION_COOKIE } from "./access/sign-in/sessions.ts";
import { PLAIN_COOKIE, SECURE_COOKIE, workspaceAccess } from "./access/workspace-access.ts";
import { createBins } from "./bins.ts";
import { systemClock } from "./bulk/bulk-clock.ts";
import { type BulkResendsService, createBulkResends } from "./bulk-resends.ts";
import { type CapturePath, createCapturePath } from "./capture/capture.ts";
import { type OddRequests, oddRequests } from "./capture/odd-requests.ts";
import { plainAddress } from "./capture/record.ts";
import { createCaptures, presentSummary, summarize } from "./captures.ts";
import { createInstance } from "./closed-instance.ts";
import type { DeliveryEvent, RemovedEvent } from "./contract/events.ts";
import { createDeletions } from "./deletions.ts";
import { createDeliver } from "./deliver.ts";
import { createDeliveries, type DeliveriesService } from "./deliveries.ts";
import { createDeviceLinks } from "./device-links.ts";
import type { Env } from "./env.ts";
import { createExports } from "./exports.ts";
import { createForwardRules } from "./forward-rules.ts";
import { createForwarder, type Forwarder } from "./forwarding/forwarder.ts";
import { instanceLimits } from "./instance-limits.ts";
import { networkOf } from "./limits/network-of.ts";
import { createLive, type Live } from "./live/live.ts";
import type { Position } from "./live/watching.ts";
import { FORWARD_SOCKETS, senderFor } from "./outbound-settings.ts";
import type { Runtime } from "./runtime.ts";
import { securityHeaders } from "./security-headers.ts";
import { sharedResendAdmission } from "./shared-resend-admission.ts";
import { createShares, type LiveShare, summarizeShared } from "./shares.ts";
import type { BinRecord } from "./store/records.ts";
import { openStore } from "./store/store.ts";
import { createTokens } from "./tokens.ts";
import { createWorkspaces } from "./workspaces.ts";

/**
 * Captures that are being read or wait for the disk may have this many bytes together. The process
 * peaks at several times that: each body is copied on its way, and freed only some time later.
 */
const CAPTURE_MEMORY_BYTES = 96 * 1024 * 1024;

export type Composition = {
  runtime: Runtime;
  capturePath: CapturePath;
  oddRequests: OddRequests;
  live: Live<LiveShare>;
  resends: DeliveriesService;
  bulk: BulkResendsService;
  forwarder: Forwarder;
  /** For everything but captures. */
  setSecurityHeaders: ReturnType<typeof securityHeaders>;
  /** Writes the caller's address where the API reads it. */
  nameCaller(req: IncomingMessage): void;
  /** Who may come in. */
  door: Door;
  /** After the last request is answered. */
  close(): Promise<void>;
};

/** Believes forwarding headers as far as `TRUST_PROXY` says. */
function forwardedBy(trust: NonNullable<Env["TRUST_PROXY"]>) {
  return (req: IncomingMessage) => {
    const peer = req.socket.remoteAddress;
    const isTrusted = peer !== undefined && trust(peer, 0);
    // A list when several proxies add to it; the first is what the sender used.
    const proto = isTrusted ? String(req.headers["x-forwarded-proto"] ?? "").split(",")[0]! : "";
    return {
      remoteIp: plainAddress(proxyAddr(req, trust)),
      tls: proto ? proto.trim() === "https" : (req.socket as TLSSocket).encrypted === true,
    };
  };
}

const positionOf = ({ captureCount, storedCount, ...bin }: BinRecord): Position => ({
  seq: captureCount,
  stored: storedCount,
  removedUpTo: bin.clearedSeq,
  revision: bin.revision,
});

/** Wires the parts together. `publicUrl` is known once the server listens. */
export async function compose(env: Env, log: Logger, publicUrl: string): Promise<Composition> {
  const hostSuffix = env.CAPTURE_HOST ?? null;
  const now = () => new Date();
  const onError = (err: unknown) => log.error({ err }, "unexpected error");

  const store = await openStore({
    databaseUrl: env.DATABASE_URL,
    maxCapturesPerBin: env.MAX_CAPTURES_PER_BIN,
    binTtlDays: env.BIN_TTL_DAYS,
    now,
    onTrimmed: (binId, upTo) => live.removed({ binId, upTo }),
    onExpired: (binId) => onGone(binId),
    onError: (err) => log.error({ err }, "retention failed, will try again"),
  });

  const uses = lastUses((some) => store.write("noteTokenUses", some), onError);
  const limits = instanceLimits({
    env,
    log,
    store,
    onStorage: (event) => live.stored(event),
    onError,
  });
  await limits.rates.ready;

  const openAccess = workspaceAccess({
    publicUrl,
    findToken: store.findToken,
    createWorkspace: (workspace) => store.write("createWorkspace", workspace),
    onUsed: uses.note,
    now,
  });

  const forwarded = env.TRUST_PROXY ? forwardedBy(env.TRUST_PROXY) : null;
  const addressOf = (req: IncomingMessage) =>
    forwarded?.(req).remoteIp ?? plainAddress(req.socket.remoteAddress);
  const { access, door, signIn } = await createInstance({
    env,
    store,
    access: openAccess,
    publicUrl,
    rates: limits.rates,
    now,
    addressOf,
    onSignedOut: (sessionId) => live.sessionEnded(sessionId),
    onError,
  });

  const onGone = (binId: string): void => {
    capturePath.bins.invalidate(binId);
    forwarder.binGone(binId);
    live.gone(binId);
    limits.noteRemoved(binId);
  };
  const onRemoved = (event: RemovedEvent): void => {
    live.removed(event);
    limits.noteRemoved(event.binId);
  };

  const bins = createBins({
    store,
    publicUrl,
    hostSuffix,
    binTtlDays: env.BIN_TTL_DAYS,
    now,
    onChanged(bin) {
      capturePath.bins.invalidate(bin.id);
      live.changed(bin);
    },
    onGone,
  });
  const captures = createCaptures({
    store,
    onRemoved,
    onChanged: (event) => live.capturesChanged(event),
  });
  const exports = createExports({ store, getBin: bins.get });
  const deletions = createDeletions({
    store,
    now,
    isFull: limits.isFull,
    onRemoved,
    onRestored: (event) => live.restored(event),
  });

  const redactor = startRedactor();
  const shares = createShares({
    store,
    redactor,
    publicUrl,
    now,
    onRevoked: (shareId) => live.revoked(shareId),
    send: (capture, body, input) => resends.sendUnstored(capture, body, input),
    admitResend: sharedResendAdmission(),
  });

  const onRevoked = (tokenId: string): void => live.signedOut(tokenId);
  const tokens = createTokens({ store, now, onRevoked });
  const workspaces = createWorkspaces({ store, access, now, onGone, onRevoked });
  const deviceLinks = createDeviceLinks({
    store,
    access,
    publicUrl,
    hasPersons: signIn !== null && signIn.kind !== "password",
    now,
    onRevoked,
  });

  const sender = senderFor(env, publicUrl);
  const sending = {
    store,
    sender,
    now,
    onEnded: (event: DeliveryEvent) => live.delivered(event),
  };
  const resends = createDeliveries({ store, deliver: createDeliver(sending), sender, now });
  await resends.failInterrupted();
  const bulk = createBulkResends({
    ...sending,
    clock: systemClock,
    onChanged: (changed) => live.bulkChanged(changed),
    onError: (err) => log.error({ err }, "a bulk resend met an error, will try again"),
  });

  const forwarder = createForwarder({
    store,
    sender: senderFor(env, publicUrl, FORWARD_SOCKETS),
    now,
    random: Math.random,
    onDelivered: (event) => live.delivered(event),
    onError: (err) => log.error({ err }, "forwarding failed, will try again"),
    limits: FORWARD_SOCKETS,
  });
  const forwards = createForwardRules({
    store,
    hostSuffix,
    now,
    onChanged: (binId) => forwarder.rulesChanged(binId).catch(onError),
    onDue: (ruleId) => forwarder.due(ruleId),
  });

  const live: Live<LiveShare> = createLive<Visitor, LiveShare>({
    identify: access.identify,
    admissionHeader: ADMISSION_HEADER,
    sessionOf: ({ authorization, admission }) =>
      authorization === null ? (readAdmission(admission)?.sessionId ?? null) : null,
    isOwnOrigin: access.isOwnOrigin,
    sockets: { max: limits.maxSocketsPerAddress, networkOf: (req) => networkOf(addressOf(req)) },
    async positionOf(visitor, binId) {
      const bin = visitor && (await store.findBin(binId));
      return bin && bin.workspaceId === visitor.workspaceId ? positionOf(bin) : null;
    },
    async capturesAfter(binId, after, limit) {
      const page = await store.pageOfCaptures(binId, { after, limit });
      return { captures: page.captures.map(presentSummary), hasMore: page.hasMore };
    },
    findLink: shares.findLive,
    async sharedPositionOf(link) {
      const bin = await store.findBin(link.binId);
      // A link to one capture tells nothing of the others.
      if (link.captureId !== null) return bin && { seq: 0, stored: 1, removedUpTo: 0, revision: 0 };
      return bin && positionOf(bin);
    },
    sharedCapturesAfter: (secret, after, limit) => shares.page(secret, { after, limit }),
    onError,
  });

  const recordOptions = {
    hostSuffix,
    maxBodyBytes: env.MAX_BODY_BYTES,
    ownCookies: [
      PLAIN_BEGUN_COOKIE,
      SECURE_BEGUN_COOKIE,
      PLAIN_COOKIE,
      SECURE_COOKIE,
      PLAIN_SESSION_COOKIE,
      SECURE_SESSION_COOKIE,
    ],
    forwarded,
  };
  const capturePath = createCapturePath({
    ...recordOptions,
    // One of the largest has to fit, or it would be refused for ever.
    memoryBytes: Math.max(CAPTURE_MEMORY_BYTES, 2 * env.MAX_BODY_BYTES),
    loadBin: store.findBin,
    append: limits.countStored(store.append),
    admit: limits.admitCapture,
    targetAnswer: (binId, captureId) => forwarder.answerTo(binId, captureId),
    onCommitted(capture, seq) {
      live.captured(
        capture.binId,
        () => summarize(capture, seq),
        (link) => summarizeShared(redactor, link, capture, seq),
      );
      forwarder.captured(capture.binId);
    },
    onError: (err) => log.error({ err }, "captures could not be stored"),
  });

  await bulk.goOn();
  await forwarder.start();

  return {
    runtime: {
      log,
      access,
      bins,
      captures,
      deletions,
      exports,
      shares,
      resends,
      tokens,
      limits,
      forwards,
      signIn,
      bulk,
      workspaces,
      deviceLinks,
      checkReady: store.ping,
    },
    capturePath,
    oddRequests: oddRequests(capturePath, recordOptions),
    live,
    resends,
    bulk,
    forwarder,
    setSecurityHeaders: securityHeaders({
      publicUrl,
      isDevelopment: env.NODE_ENV === "development",
      isTls: (req) => publicUrl.startsWith("https:") || forwarded?.(req).tls === true,
    }),
    nameCaller(req) {
      req.headers[CALLER_ADDRESS_HEADER] = addressOf(req) ?? "";
    },
    door,
    async close() {
      await uses.flush();
      limits.close();
      await redactor.close();
      await store.close();
    },
  };
}
