import { clearBin, createBin, deleteBin, touchBin, updateBin } from "./bins.ts";
import { createBulkResend, setBulkState, skipBulkCaptures } from "./bulk-resends.ts";
import { deleteCapture, starCaptures, updateCapture } from "./captures.ts";
import { claimForwards, releaseAllForwards, releaseForwards } from "./claim-forwards.ts";
import { clearBinForNow, deleteCaptures, endUndos, restoreDeleted } from "./deletions.ts";
import { createDelivery, failPendingDeliveries, finishDelivery } from "./deliveries.ts";
import { cancelDeviceLink, createDeviceLink, useDeviceLink } from "./device-links.ts";
import { enqueueForwards } from "./enqueue-forwards.ts";
import { createForwardRule, deleteForwardRule, updateForwardRule } from "./forward-rules.ts";
import { retryForward, retryForwards } from "./forwards.ts";
import { claimWorkspace } from "./identities.ts";
import { recordForwards } from "./record-forwards.ts";
import { createSession, endSession, extendSession } from "./sessions.ts";
import { countSharedResend, countView, createShare, revokeShare } from "./shares.ts";
import { expireBins, sweepStep, trimBin } from "./sweep.ts";
import { createToken, deleteToken, noteTokenUses } from "./tokens.ts";
import { createWorkspace, deleteWorkspace, renameWorkspace } from "./workspaces.ts";

/** Every write but the group commit, by name: these run in the writer thread. */
export const WRITES = {
  createWorkspace,
  renameWorkspace,
  deleteWorkspace,
  createDeviceLink,
  cancelDeviceLink,
  useDeviceLink,
  createToken,
  deleteToken,
  noteTokenUses,
  claimWorkspace,
  createSession,
  extendSession,
  endSession,
  createBin,
  updateBin,
  touchBin,
  deleteBin,
  clearBin,
  updateCapture,
  deleteCapture,
  starCaptures,
  deleteCaptures,
  clearBinForNow,
  restoreDeleted,
  endUndos,
  createShare,
  revokeShare,
  countView,
  countSharedResend,
  createDelivery,
  finishDelivery,
  failPendingDeliveries,
  createForwardRule,
  updateForwardRule,
  deleteForwardRule,
  retryForward,
  retryForwards,
  createBulkResend,
  setBulkState,
  skipBulkCaptures,
  claimForwards,
  releaseForwards,
  releaseAllForwards,
  expireBins,
  trimBin,
  sweepStep,
};

/** The hot ones of them, each a transaction of its own, without Prisma's planning. */
export const RAW_WRITES = { enqueueForwards, recordForwards };

export type Writes = typeof WRITES & typeof RAW_WRITES;
export type WriteName = keyof Writes;

type WithoutDb<A extends unknown[]> = A extends [unknown, ...infer Rest] ? Rest : never;
export type WriteArgs<N extends WriteName> = WithoutDb<Parameters<Writes[N]>>;
export type WriteResult<N extends WriteName> = Awaited<ReturnType<Writes[N]>>;
