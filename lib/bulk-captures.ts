import { readQuery } from "./captures.ts";
import type { CreateBulkResend } from "./contract/bulk-resend.ts";
import { BULK_MAX } from "./contract/limits.ts";
import { AppError } from "./errors.ts";
import { partsOf } from "./store/parts.ts";
import type { Store } from "./store/store.ts";

type CapturesStore = Pick<
  Store,
  "searchCaptures" | "seqsOfBin" | "seqsOfIds" | "seqsOfBulkResend" | "indexesOfBulk"
>;

const SEARCH_PAGE = 1_000;

async function seqsOfSearch(store: CapturesStore, binId: string, q: string): Promise<number[]> {
  const query = readQuery(q);
  const now = Date.now();
  const seqs: number[] = [];
  for (let after: number | null = 0; after !== null && seqs.length <= BULK_MAX; ) {
    const search = { binId, query, now, after, limit: SEARCH_PAGE };
    const found = await store.searchCaptures(search);
    seqs.push(...found.captures.map(({ seq }) => seq));
    after = found.next;
  }
  return seqs;
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
  const [field, seqs] =
    "q" in which
      ? ["captures.q", await seqsOfSearch(store, binId, which.q)]
      : ["captures.all", await store.seqsOfBin(binId, BULK_MAX + 1)];
  if (seqs.length > BULK_MAX) {
    const most = BULK_MAX.toLocaleString("en");
    const remedy = "narrow it with a search, for example by after: and before:";
    throw refuse(field, `There are more than ${most} captures, the most for one call: ${remedy}.`);
  }
  if (seqs.length > 0) return seqs;
  throw refuse(field, field === "captures.q" ? "No capture matches." : "The bin has no captures.");
}
