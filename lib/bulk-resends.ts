import type { Visitor } from "./access/access.ts";
import { ownBin } from "./bins.ts";
import type { BulkClock } from "./bulk/bulk-clock.ts";
import { type BulkItem, type BulkRun, startBulkRun } from "./bulk/bulk-run.ts";
import { createTeller } from "./bulk/tell-changes.ts";
import { capturesToSend } from "./bulk-captures.ts";
import { newCaptureId } from "./capture/capture-id.ts";
import type { BulkOutcome, BulkResend, BulkState } from "./contract/bulk-resend.ts";
import { BULK_RESEND_LIMITS } from "./contract/limits.ts";
import { createDeliver, type DeliverOptions } from "./deliver.ts";
import { AppError, isAppError, notFound } from "./errors.ts";
import { createSlots } from "./outbound/slots.ts";
import { presentBulkDelivery, presentBulkResend } from "./present-bulk-resend.ts";
import type { Bulk } from "./runtime.ts";
import { toSending } from "./sending.ts";
import type { BulkResendRecord } from "./store/bulk-resends.ts";
import type { Store } from "./store/store.ts";

export type BulkResendsOptions = Omit<DeliverOptions, "store"> & {
  store: Pick<
    Store,
    | "findBin"
    | "findCapture"
    | "findBody"
    | "searchPoints"
    | "seqsOfBin"
    | "seqsOfIds"
    | "capturesOfSeqs"
    | "findBulkResend"
    | "bulkResendsOf"
    | "runningBulkResends"
    | "seqsOfBulkResend"
    | "deliveriesOfBulk"
    | "indexesOfBulk"
    | "write"
  >;
  clock: BulkClock;
  /** Something about it changed; at most a few times a second for each. */
  onChanged(bulk: BulkResend): void;
  onError(error: unknown): void;
};

export type BulkResendsService = Bulk & {
  /** To be called once, before any other: those that an earlier process left running go on. */
  goOn(): Promise<void>;
  /** Begins no more of them; ends those on their way that take longer than `graceMs`. */
  drain(graceMs: number): Promise<void>;
};

/**
 * On their way at once in all bulk resends together, each with its body in memory. Half of what the
 * sender opens in all, so that whoever sends a single capture does not wait for them.
 */
const PLACES = 32;
const RETRY_MS = 1_000;

type Run = {
  run: BulkRun;
  /** When it began to run or went on, and how many had ended by then. */
  since: { at: number; ended: number };
  lastReceivedAt: Date | null;
};

const endedCount = (bulk: BulkResendRecord): number =>
  bulk.succeeded + bulk.other + bulk.failed + bulk.skipped;

const OUTCOMES: Record<BulkOutcome | "unsuccessful" | "all", BulkOutcome[]> = {
  succeeded: ["succeeded"],
  other: ["other"],
  failed: ["failed"],
  unsuccessful: ["other", "failed"],
  all: ["succeeded", "other", "failed"],
};

export function createBulkResends(options: BulkResendsOptions): BulkResendsService {
  const { store, clock, now, onChanged, onError } = options;
  const runs = new Map<string, Run>();
  const places = createSlots({ perKey: BULK_RESEND_LIMITS.concurrencyMax, total: PLACES });
  const stopping = new AbortController();
  let isDraining = false;

  const untilDone = async <T>(write: () => Promise<T>): Promise<T> => {
    for (;;) {
      try {
        return await write();
      } catch (error) {
        if (stopping.signal.aborted) throw error;
        onError(error);
        await clock.sleep(RETRY_MS, stopping.signal);
      }
    }
  };
  const deliver = createDeliver({
    ...options,
    store: {
      // What came of a sending must not be lost because the database is away for a moment.
      write: (name, ...args) =>
        name === "finishDelivery"
          ? untilDone(() => store.write(name, ...args))
          : store.write(name, ...args),
    },
  });

  const estimate = (bulk: BulkResendRecord): Date | null => {
    const running = runs.get(bulk.id);
    if (bulk.state !== "running" || !running) return null;
    const ended = endedCount(bulk);
    const elapsed = clock.now() - running.since.at;
    const done = ended - running.since.ended;
    if (done <= 0) return null;
    const left = bulk.total - ended;
    const byRate = (left * 1000) / bulk.ratePerSecond;
    // By what it took so far, unless that was mostly waiting for the time between captures.
    const bySpeed = bulk.gaps === "none" ? (left * elapsed) / done : 0;
    const { lastReceivedAt, run } = running;
    const byGaps = (lastReceivedAt && run.dueByGap(lastReceivedAt)) ?? 0;
    const ms = Math.max(byRate, bySpeed, byGaps - clock.now());
    return new Date(now().getTime() + ms);
  };

  const present = (bulk: BulkResendRecord): BulkResend => presentBulkResend(bulk, estimate(bulk));
  const tell = createTeller(async (id) => {
    const bulk = await store.findBulkResend(id);
    return bulk && !isDraining ? () => onChanged(present(bulk)) : null;
  });

  const skip = async (id: string, indexes: number[]): Promise<void> => {
    await store.write("skipBulkCaptures", id, indexes);
    tell(id);
  };

  const loadItems = async (bulk: BulkResendRecord, seqs: number[], indexes: number[]) => {
    const wanted = indexes.map((index) => seqs[index]!);
    const there = await store.capturesOfSeqs(bulk.binId, wanted);
    const bySeq = new Map(there.map((capture) => [capture.seq, capture]));
    const items: BulkItem[] = [];
    const gone: number[] = [];
    for (const index of indexes) {
      const capture = bySeq.get(seqs[index]!);
      if (!capture) gone.push(index);
      else items.push({ index, captureId: capture.id, receivedAt: capture.receivedAt });
    }
    if (gone.length > 0) await skip(bulk.id, gone);
    return items;
  };

  const sendOne = async (bulk: BulkResendRecord, { index, captureId }: BulkItem) => {
    const capture = await store.findCapture(captureId);
    const body = capture && (await store.findBody(captureId));
    if (!capture || !body) return skip(bulk.id, [index]);
    const { sending } = toSending(capture, body, bulk);
    const delivered = await deliver(capture, sending, {
      isEdited: false,
      signal: stopping.signal,
      bulk: { id: bulk.id, index },
    });
    if (delivered) tell(bulk.id);
    else await skip(bulk.id, [index]);
  };

  const send = async (bulk: BulkResendRecord, item: BulkItem): Promise<void> => {
    try {
      await sendOne(bulk, item);
    } catch (error) {
      // A database that is away comes back; a defect that one capture meets must not hold up the rest.
      if (isAppError(error) && error.code === "unavailable") throw error;
      onError(error);
      await skip(bulk.id, [item.index]);
    }
  };

  const begin = async (bulk: BulkResendRecord): Promise<void> => {
    const { id } = bulk;
    const seqs = await store.seqsOfBulkResend(id);
    const current = await store.findBulkResend(id);
    if (!seqs || current?.state !== "running" || runs.has(id) || isDraining) return;
    const run = startBulkRun({
      ...current,
      clock,
      load: (indexes) => loadItems(bulk, seqs, indexes),
      takePlace: (signal) => places.take(id, signal),
      send: (item) => send(bulk, item),
      onError,
    });
    const since = { at: clock.now(), ended: endedCount(current) };
    const started: Run = { run, since, lastReceivedAt: null };
    runs.set(id, started);
    void run.ended.then((isWhole) => end(id, isWhole)).catch(onError);
    // Paused or cancelled in between, by a call that did not find the run yet.
    const latest = await store.findBulkResend(id);
    if (latest?.state === "paused") run.pause();
    if (latest?.state === "cancelled") run.stop();
    if (bulk.gaps === "none") return;
    const [last] = await store.capturesOfSeqs(bulk.binId, seqs.slice(-1));
    started.lastReceivedAt = last?.receivedAt ?? null;
  };

  const end = async (id: string, isWhole: boolean): Promise<void> => {
    if (isWhole) {
      const done = { from: ["running", "paused"] as BulkState[], to: "done" as const };
      await untilDone(() => store.write("setBulkState", id, { ...done, endedAt: now() }));
    }
    runs.delete(id);
    tell(id);
  };

  const own = async (visitor: Visitor | null, id: string): Promise<BulkResendRecord> => {
    const bulk = visitor && (await store.findBulkResend(id));
    if (!bulk) throw notFound("bulk resend");
    await ownBin(store, visitor, bulk.binId, "bulk resend");
    return bulk;
  };

  const refuseWhileStopping = (): void => {
    if (isDraining) throw new AppError("unavailable", "The server stops. Try again in a moment.");
  };

  const change = async (
    visitor: Visitor | null,
    id: string,
    from: BulkState[],
    to: BulkState,
  ): Promise<BulkResend> => {
    await own(visitor, id);
    const endedAt = to === "cancelled" ? now() : null;
    const hasChanged = await store.write("setBulkState", id, { from, to, endedAt });
    const bulk = await own(visitor, id);
    if (hasChanged) {
      const running = runs.get(id);
      if (to === "paused") running?.run.pause();
      else if (to === "cancelled") running?.run.stop();
      else if (running) {
        running.since = { at: clock.now(), ended: endedCount(bulk) };
        running.run.resume();
      } else await begin(bulk);
      tell(id);
    }
    return present(bulk);
  };

  return {
    async create(visitor, binId, { captures, ...rest }) {
      await ownBin(store, visitor, binId);
      refuseWhileStopping();
      const seqs = await capturesToSend(store, binId, captures, (id) => own(visitor, id));
      const created = await store.write("createBulkResend", {
        ...rest,
        id: newCaptureId(now().getTime()),
        binId,
        query: "q" in captures ? captures.q : null,
        startedAt: now(),
        seqs,
      });
      if (!created) {
        const most = `At most ${BULK_RESEND_LIMITS.active} bulk resends of a bin run or are paused at once.`;
        throw new AppError("invalid_request", `${most} Wait for one to end, or cancel it.`);
      }
      await begin(created);
      tell(created.id);
      return present(created);
    },
    async list(visitor, binId) {
      await ownBin(store, visitor, binId);
      return { bulkResends: (await store.bulkResendsOf(binId)).map(present) };
    },
    get: async (visitor, id) => present(await own(visitor, id)),
    async deliveries(visitor, id, { outcome, limit, after }) {
      await own(visitor, id);
      const query = { outcomes: OUTCOMES[outcome ?? "all"], limit: limit + 1, after };
      const found = await store.deliveriesOfBulk(id, query);
      const deliveries = found.slice(0, limit).map(presentBulkDelivery);
      return { deliveries, hasMore: found.length > limit };
    },
    pause: (visitor, id) => change(visitor, id, ["running"], "paused"),
    async resume(visitor, id) {
      refuseWhileStopping();
      return change(visitor, id, ["paused"], "running");
    },
    cancel: (visitor, id) => change(visitor, id, ["running", "paused"], "cancelled"),
    async goOn() {
      for (const bulk of await store.runningBulkResends()) await begin(bulk);
    },
    async drain(graceMs) {
      isDraining = true;
      const ended = [...runs.values()].map(({ run }) => run.ended);
      for (const { run } of runs.values()) run.stop();
      const timer = setTimeout(() => stopping.abort(), graceMs);
      await Promise.allSettled(ended);
      clearTimeout(timer);
    },
  };
}
