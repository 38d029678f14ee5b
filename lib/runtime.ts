import type { Logger } from "pino";
import type { Access, Visitor } from "./access/access.ts";
import type { ShownWay } from "./access/sign-in/way.ts";
import type { Bin, CreateBin, UpdateBin } from "./contract/bin.ts";
import type {
  BulkDeliveries,
  BulkDeliveriesQuery,
  BulkResend,
  BulkResends,
  CreateBulkResend,
} from "./contract/bulk-resend.ts";
import type {
  AlikeQuery,
  Capture,
  CapturePage,
  CapturePageQuery,
  StarCaptures,
  StarredCaptures,
  Summary,
  UpdateCapture,
} from "./contract/capture.ts";
import type { CaptureCount, CountQuery } from "./contract/capture-scope.ts";
import type {
  DeleteCaptures,
  Deletion,
  Restoration,
  RestoreCaptures,
} from "./contract/deletion.ts";
import type { Deliveries, DeliveriesQuery, Delivery, Resend } from "./contract/delivery.ts";
import type { BinExportQuery, CaptureFormat } from "./contract/export.ts";
import type {
  CaptureForwards,
  Forward,
  ForwardPage,
  ForwardPageQuery,
  RetriedForwards,
} from "./contract/forward.ts";
import type {
  CreateForwardRule,
  ForwardRule,
  ForwardRuleList,
  UpdateForwardRule,
} from "./contract/forward-rule.ts";
import type { InstanceLimits, Storage } from "./contract/instance-limits.ts";
import type {
  CreatedShare,
  CreateShare,
  PreviewShare,
  Share,
  Shared,
  SharedDelivery,
  SharedPageQuery,
  SharePreview,
} from "./contract/share.ts";
import type { Timeline, TimelineQuery } from "./contract/timeline.ts";
import type { Browser, CreatedToken, CreateToken, Token } from "./contract/token.ts";
import type {
  CreatedDeviceLink,
  DeviceLink,
  Inventory,
  UpdateWorkspace,
  Workspace,
} from "./contract/workspace.ts";

/**
 * What can be done with bins. Every call checks that the bin is the visitor's and throws
 * `not_found` when it is not, the same as for a bin that does not exist.
 */
export type Bins = {
  /** Throws `invalid_request` for what the schema allows and this instance does not. */
  check(input: CreateBin): void;
  create(visitor: Visitor, input: CreateBin): Promise<Bin>;
  /** Newest first. */
  list(visitor: Visitor): Promise<Bin[]>;
  /** Counts as a visit: the bin's time to live starts anew. */
  get(visitor: Visitor | null, binId: string): Promise<Bin>;
  update(visitor: Visitor | null, binId: string, input: UpdateBin): Promise<Bin>;
  delete(visitor: Visitor | null, binId: string): Promise<void>;
};

export type CaptureBody = { capture: Summary; body: Uint8Array };

/** What can be done with captures, checked like `Bins`. */
export type Captures = {
  page(visitor: Visitor | null, binId: string, query: CapturePageQuery): Promise<CapturePage>;
  /** Those of the same bin, method and path, newest first; the capture itself may be among them. */
  alike(visitor: Visitor | null, id: string, query: AlikeQuery): Promise<CapturePage>;
  /** How many there are, or match; a search that takes long counts a part, and says where to go on. */
  count(visitor: Visitor | null, binId: string, query: CountQuery): Promise<CaptureCount>;
  /** How many came when. */
  timeline(visitor: Visitor | null, binId: string, query: TimelineQuery): Promise<Timeline>;
  clear(visitor: Visitor | null, binId: string): Promise<void>;
  get(visitor: Visitor | null, id: string): Promise<Capture>;
  /** The exact bytes. */
  body(visitor: Visitor | null, id: string): Promise<CaptureBody>;
  /** The request as it came: request line, header lines, blank line, body. */
  http(visitor: Visitor | null, id: string): Promise<CaptureBody>;
  update(visitor: Visitor | null, id: string, input: UpdateCapture): Promise<Capture>;
  /** Says which of them had another star before. */
  star(visitor: Visitor | null, binId: string, input: StarCaptures): Promise<StarredCaptures>;
  delete(visitor: Visitor | null, id: string): Promise<void>;
};

/** A file to save. Its content may be made while it is sent. */
export type ExportedFile = { name: string; content: string | AsyncGenerator<string> };

/** Captures in the formats of other tools, checked like `Bins`. */
export type Exports = {
  capture(visitor: Visitor | null, id: string, format: CaptureFormat): Promise<ExportedFile>;
  /** Throws for what is wrong with the query at once, not while the file is sent. */
  bin(visitor: Visitor | null, binId: string, query: BinExportQuery): Promise<ExportedFile>;
};

/** Deleting with a way back, checked like `Bins`. */
export type Deletions = {
  /**
   * Gone at once for every reader; what is named and not there is passed over. Throws
   * `invalid_request` for a search that cannot be read, before anything is deleted.
   */
  delete(visitor: Visitor | null, binId: string, input: DeleteCaptures): Promise<Deletion>;
  /** Throws `gone` when there is nothing to undo (any more). */
  restore(visitor: Visitor | null, binId: string, input: RestoreCaptures): Promise<Restoration>;
};

/**
 * Links that show one capture or one bin. What takes a `secret` is for whoever holds it, gives what
 * the link shows and nothing else, redacted; it throws `not_found` for a secret of nothing and for
 * another capture than the link's, and `gone` once the link is revoked, expired, or has nothing to
 * show any more.
 */
export type Shares = {
  create(
    visitor: Visitor | null,
    of: { binId: string } | { captureId: string },
    input: CreateShare,
  ): Promise<CreatedShare>;
  /** Those that are not revoked, newest first. */
  list(visitor: Visitor): Promise<Share[]>;
  revoke(visitor: Visitor | null, id: string): Promise<void>;
  /** What a link with these settings would show. */
  preview(visitor: Visitor | null, captureId: string, input: PreviewShare): Promise<SharePreview>;
  open(secret: string): Promise<Shared>;
  /** The same, and counts as a view. */
  view(secret: string): Promise<Shared>;
  /** Whether the link is revoked or over, for an answer's status. */
  isGone(secret: string): Promise<boolean>;
  page(secret: string, query: SharedPageQuery): Promise<CapturePage>;
  capture(secret: string, id: string): Promise<Capture>;
  body(secret: string, id: string): Promise<CaptureBody>;
  http(secret: string, id: string): Promise<CaptureBody>;
  export(secret: string, id: string, format: CaptureFormat): Promise<ExportedFile>;
  /**
   * Sends on what the link shows, redacted like it, and keeps nothing of it but a count. Resolves
   * and throws like `Resends`; `forbidden` where the link is for reading alone, `rate_limited`
   * after too many by one link or one address.
   */
  resend(
    secret: string,
    id: string,
    input: Resend,
    address: string | null,
  ): Promise<SharedDelivery>;
};

/** Sending captures again and what came of it, checked like `Bins`. */
export type Resends = {
  /**
   * Resolves once it has ended, whatever came of it. Throws `invalid_request` for what cannot be
   * sent at all, and `unavailable` while the server stops.
   */
  resend(visitor: Visitor | null, captureId: string, input: Resend): Promise<Delivery>;
  list(visitor: Visitor | null, captureId: string, query: DeliveriesQuery): Promise<Deliveries>;
  get(visitor: Visitor | null, id: string): Promise<Delivery>;
  /** The exact bytes of the response's body; throws `not_found` without a response. */
  body(visitor: Visitor | null, id: string): Promise<DeliveryBody>;
};

/**
 * Sending many captures again, checked like `Bins`. What is asked of one that has ended changes
 * nothing: each call answers with what it is now.
 */
export type Bulk = {
  /** Throws `invalid_request` for none or too many captures, and too many of the bin's that run. */
  create(visitor: Visitor | null, binId: string, input: CreateBulkResend): Promise<BulkResend>;
  list(visitor: Visitor | null, binId: string): Promise<BulkResends>;
  get(visitor: Visitor | null, id: string): Promise<BulkResend>;
  deliveries(
    visitor: Visitor | null,
    id: string,
    query: BulkDeliveriesQuery,
  ): Promise<BulkDeliveries>;
  pause(visitor: Visitor | null, id: string): Promise<BulkResend>;
  resume(visitor: Visitor | null, id: string): Promise<BulkResend>;
  cancel(visitor: Visitor | null, id: string): Promise<BulkResend>;
};

export type DeliveryBody = { delivery: Delivery; body: Uint8Array };

/** The ways into a workspace. What names one throws `not_found` when the workspace has no such one. */
export type Tokens = {
  /** Newest first, also expired ones. */
  list(visitor: Visitor): Promise<Token[]>;
  /** Throws `invalid_request` when there are too many. */
  create(visitor: Visitor, input: CreateToken): Promise<CreatedToken>;
  revoke(visitor: Visitor | null, id: string): Promise<void>;
  browsers(visitor: Visitor): Promise<Browser[]>;
  signOut(visitor: Visitor | null, id: string): Promise<void>;
};

/** What one address or workspace may have and do here. */
export type Limits = {
  /**
   * Counts a bin that is made from this address.
   * @returns headers for the answer, which say what is left
   * @throws AppError `rate_limited`
   */
  takeBin(address: string | null): Promise<Record<string, string>>;
  /** What is limited, and how much of it is left. */
  get(visitor: Visitor | null, address: string | null): Promise<InstanceLimits>;
  /** How much the visitor's workspace stores. */
  storage(visitor: Visitor): Promise<Storage>;
};

/** Rules that send new captures on, and what became of each capture; checked like `Bins`. */
export type Forwards = {
  create(visitor: Visitor | null, binId: string, input: CreateForwardRule): Promise<ForwardRule>;
  list(visitor: Visitor | null, binId: string): Promise<ForwardRuleList>;
  get(visitor: Visitor | null, id: string): Promise<ForwardRule>;
  update(visitor: Visitor | null, id: string, change: UpdateForwardRule): Promise<ForwardRule>;
  delete(visitor: Visitor | null, id: string): Promise<void>;
  page(visitor: Visitor | null, id: string, query: ForwardPageQuery): Promise<ForwardPage>;
  /** Throws `invalid_request` while the rule is disabled. */
  retryFailed(visitor: Visitor | null, id: string): Promise<RetriedForwards>;
  /** The same, and for a forward that has succeeded. */
  retry(visitor: Visitor | null, id: string): Promise<Forward>;
  ofCapture(visitor: Visitor | null, captureId: string): Promise<CaptureForwards>;
};

/** What can be done with the visitor's workspace as a whole. */
export type Workspaces = {
  get(visitor: Visitor): Promise<Workspace>;
  update(visitor: Visitor, input: UpdateWorkspace): Promise<Workspace>;
  /** All that deleting would delete. Counts rows. */
  inventory(visitor: Visitor): Promise<Inventory>;
  /** Gone at once for everybody, for good. Gives the `Set-Cookie` value that a browser needs then. */
  delete(visitor: Visitor): Promise<string | null>;
  /** Ends the credentials that the visitor came with; gives a `Set-Cookie` value like `delete`. */
  leave(visitor: Visitor): Promise<string | null>;
};

/**
 * Links that open a workspace in one more browser, once. What takes a `secret` is for whoever holds
 * it; it throws `not_found` for a secret of nothing, and `gone` once the link is used or expired.
 */
export type DeviceLinks = {
  /** Throws `invalid_request` when too many wait to be used. */
  create(visitor: Visitor): Promise<CreatedDeviceLink>;
  get(visitor: Visitor | null, id: string): Promise<DeviceLink>;
  cancel(visitor: Visitor | null, id: string): Promise<void>;
  /** What the link would open, without using it; `isOwn` when the visitor has it already. */
  look(visitor: Visitor | null, secret: string): Promise<{ workspace: Workspace; isOwn: boolean }>;
  /** Uses the link up, unless the visitor has the workspace already: then `setCookie` is null. */
  open(
    visitor: Visitor | null,
    secret: string,
    agent: string | null,
  ): Promise<{ workspace: Workspace; setCookie: string | null }>;
};

/** Everything that route handlers and pages may use of the server. */
export type Runtime = {
  log: Logger;
  access: Access;
  bins: Bins;
  captures: Captures;
  deletions: Deletions;
  exports: Exports;
  shares: Shares;
  resends: Resends;
  tokens: Tokens;
  limits: Limits;
  forwards: Forwards;
  /** How one signs in; null where the instance is open to everybody. */
  signIn: ShownWay | null;
  bulk: Bulk;
  workspaces: Workspaces;
  deviceLinks: DeviceLinks;
  /** Throws when the database does not answer. */
  checkReady(): Promise<void>;
};

const REGISTRY = Symbol.for("inlet.runtime");
type Registry = { [REGISTRY]?: Runtime };

/**
 * The server's module graph and Next's are two, so a module's own variable would exist twice.
 * `server.ts` registers the one runtime here; everything that Next bundles fetches it from here.
 */
export function registerRuntime(runtime: Runtime): void {
  (globalThis as Registry)[REGISTRY] = runtime;
}

export function getRuntime(): Runtime {
  const runtime = (globalThis as Registry)[REGISTRY];
  if (!runtime) throw new Error("There is no runtime yet: pages are served by server.ts only.");
  return runtime;
}
