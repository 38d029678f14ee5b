/** The shapes that the store takes and gives: plain data, which can cross to the writer thread. */
import type {
  DeliveryError,
  DeliveryRequest,
  DeliveryResponse,
  DeliveryState,
  DeliveryTimings,
  Redirect,
} from "../contract/delivery.ts";
import type { ForwardError, ForwardState } from "../contract/forward.ts";
import type { CreateForwardRule } from "../contract/forward-rule.ts";
import type { NewCapture } from "../contract/new-capture.ts";
import type { HeaderPair, Reply } from "../contract/reply.ts";
import type { Redaction } from "../contract/share.ts";

export type BinRecord = {
  id: string;
  workspaceId: string;
  name: string | null;
  reply: Reply | null;
  createdAt: Date;
  lastCaptureAt: Date | null;
  lastVisitAt: Date;
  captureCount: number;
  storedCount: number;
  /** Captures with `seq` up to this are gone. */
  clearedSeq: number;
  /** Advances with each deletion, restoration, star, note and change of settings. */
  revision: number;
};

export type WorkspaceRecord = { id: string; name: string | null; createdAt: Date };

/** A link that opens a workspace in one more browser. */
export type DeviceLinkRecord = {
  id: string;
  workspaceId: string;
  createdAt: Date;
  expiresAt: Date;
  usedAt: Date | null;
};

/** What a bin has on the disk. */
export type BinSizeRecord = {
  id: string;
  name: string | null;
  /** Captures that can be read. */
  captureCount: number;
  deliveryCount: number;
  linkCount: number;
  /** Rules that forward its captures. */
  ruleCount: number;
  /** On the disk, also of what was deleted and is still there. */
  byteCount: number;
};

export type TokenKind = "browser" | "api";
export type TokenScope = "read" | "write";

export type TokenRecord = {
  id: string;
  workspaceId: string;
  kind: TokenKind;
  label: string | null;
  scope: TokenScope;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  /** What the last user of it called itself. */
  agent: string | null;
};

export type SummaryRecord = Omit<
  NewCapture,
  | "receivedAt"
  | "target"
  | "httpVersion"
  | "tls"
  | "declaredSize"
  | "problemDetail"
  | "readMs"
  | "rawHeaders"
  | "rawTrailers"
  | "body"
> & { receivedAt: Date; seq: number; bodySize: number; note: string | null; starred: boolean };

export type CaptureRecord = SummaryRecord & {
  target: string;
  httpVersion: string;
  tls: boolean;
  declaredSize: number | null;
  problemDetail: string | null;
  readMs: number;
  headers: HeaderPair[];
  trailers: HeaderPair[];
};

export type ShareRecord = {
  id: string;
  workspaceId: string;
  binId: string;
  captureId: string | null;
  label: string | null;
  redact: boolean;
  fields: Redaction;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  views: number;
  lastViewedAt: Date | null;
  allowResend: boolean;
  resends: number;
};

/** What came of a delivery, but the body of the response. */
export type DeliveryResult = {
  redirects: Redirect[];
  response: Omit<DeliveryResponse, "text"> | null;
  timings: DeliveryTimings | null;
  error: DeliveryError | null;
};

export type DeliveryRecord = {
  id: string;
  captureId: string;
  attempt: number;
  method: string;
  url: string;
  startedAt: Date;
  state: DeliveryState;
  request: DeliveryRequest;
  /** Null while it is pending. */
  result: DeliveryResult | null;
  ruleId: string | null;
  forwardId: string | null;
};

export type ForwardRuleRecord = CreateForwardRule & {
  id: string;
  binId: string;
  createdAt: Date;
  forwardedSeq: number;
  succeeded: number;
};

export type ForwardRecord = {
  id: string;
  ruleId: string;
  binId: string;
  captureId: string;
  seq: number;
  state: ForwardState;
  url: string | null;
  attempts: number;
  attemptsBefore: number;
  since: Date;
  nextAttemptAt: Date | null;
  leasedUntil: Date | null;
  lastDeliveryId: string | null;
  status: number | null;
  error: ForwardError | null;
  createdAt: Date;
  endedAt: Date | null;
};
