import type { CreateBulkResend } from "./contract/bulk-resend.ts";
import type { CaptureScope } from "./contract/capture-scope.ts";
import { BULK_MAX, SEQ_MAX } from "./contract/limits.ts";
import { AppError } from "./errors.ts";
import { momentOf, seqsFound } from "./found-points.ts";
import { readQuery } from "./read-query.ts";
import { partsOf } from "./store/parts.ts";
import type { Store } from "./store/store.ts";

type CapturesStore = Pick<
  Store,
  "searchPoints" | "seqsOfBin" | "seqsOfIds" | "seqsOfBulkResend" | "indexesOfBulk"
>;

/** Oldest first, and no more than show that they are too many. */
async function seqsOfScope(
  store: CapturesStore,
  binId: string,
  scope: CaptureScope,
): Promise<number[]> {
  const last = scope.upTo ?? SEQ_MAX;
  if ("all" in scope) return store.seqsOfBin(binId, BULK_MAX + 1, last);
  const search = { binId, query: readQuery(scope.q), now: momentOf(scope.asOf), last };
  return (await seqsFound(store, search, BULK_MAX)).reverse();
}

async function seqsOfNamed(store: CapturesStore, binId: string, ids: string[]): Promise<number[]> {
  const seqs: number[] = [];
  for (const part of partsOf(ids)) seqs.push(...(await store.seqsOfIds(binId, part)));
  return seqs.sort((a, b) => a - b);
}

/** Those that got no 2xx. */
async function seqsOfUnsuccessful(store: CapturesStore, id: string): Promise<number[]> {
  const seqs = (await store.seqsOfBulkResend(id)) ?? [];
  const indexes = await store.indexesOfBulk(id, ["other", "failed"]);
  return indexes.map((index) => seqs[index]!);
}

/**
 * The numbers of the captures that a bulk resend is to send, oldest first.
 * @param checkOwn rejects for a bulk resend that is not the visitor's
 * @throws AppError `invalid_request` for none of them, too many, and a query that cannot be read
 */
export async function capturesToSend(
  store: CapturesStore,
  binId: string,
  which: CreateBulkResend["captures"],
  checkOwn: (bulkResendId: string) => Promise<{ binId: string }>,
): Promise<number[]> {
  const refuse = (field: string, message: string): AppError =>
    new AppError("invalid_request", message, { errors: [{ field, message }] });

  if ("ids" in which) {
    const seqs = await seqsOfNamed(store, binId, which.ids);
    if (seqs.length > 0) return seqs;
    throw refuse("captures.ids", "None of these captures is in the bin any more.");
  }
  if ("unsuccessfulOf" in which) {
    const earlier = await checkOwn(which.unsuccessfulOf);
    if (earlier.binId !== binId) {
      throw refuse("captures.unsuccessfulOf", "That bulk resend is of another bin.");
    }
    const seqs = await seqsOfUnsuccessful(store, which.unsuccessfulOf);
    if (seqs.length > 0) return seqs;
    const none = "Nothing of that bulk resend is left to send again.";
    throw refuse("captures.unsuccessfulOf", none);
  }
  const field = "q" in which ? "captures.q" : "captures.all";
  const seqs = await seqsOfScope(store, binId, which);
  if (seqs.length > BULK_MAX) {
    const most = BULK_MAX.toLocaleString("en");
    const remedy = "narrow it with a search, for example by after: and before:";
    throw refuse(field, `There are more than ${most} captures, the most for one call: ${remedy}.`);
  }
  if (seqs.length > 0) return seqs;
  throw refuse(field, field === "captures.q" ? "No capture matches." : "The bin has no captures.");
}
