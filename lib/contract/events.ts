import { z } from "zod";
import type { Bin } from "./bin.ts";
import type { BulkResend } from "./bulk-resend.ts";
import type { Summary } from "./capture.ts";
import { binIdSchema } from "./ids.ts";
import type { Storage } from "./instance-limits.ts";

export const watchSchema = z.object({
  binId: binIdSchema,
  /** The last `seq` that the client has; null asks for nothing that was missed. */
  after: z.int().min(0).nullable(),
  /**
   * Of the last answer, null at first. It asks for `state`, and whether anything but captures was
   * missed, too.
   */
  revision: z.int().min(0).nullable().optional(),
});

export type Watch = z.infer<typeof watchSchema>;

export const unwatchSchema = z.object({ binId: binIdSchema });

export type Unwatch = z.infer<typeof unwatchSchema>;

export type BinState = {
  /** How many captures up to the answer's `seq` the bin holds. */
  stored: number;
  /** Captures up to this `seq` are gone. */
  removedUpTo: number;
  /** Advances with each deletion, restoration, star, note and change of the bin's settings. */
  revision: number;
};

export type WatchAck =
  | {
      ok: true;
      /** The bin's newest `seq` at the time of the answer. */
      seq: number;
      /** What came after `after`, oldest first. */
      missed: Summary[];
      /** True when too much was missed to send, or something else than captures: list anew. */
      reset: boolean;
      /** Where `revision` was asked for. */
      state?: BinState;
    }
  | { ok: false; code: "not_found" | "invalid_request" | "unavailable" };

export type CapturesEvent = {
  binId: string;
  /** In `seq` order. */
  captures: Summary[];
  /** How many more came than fit in `captures`: the gap in `seq` says which. */
  skipped?: number;
};

/**
 * Captures that are gone: those named, or all up to a `seq` (`all` when nothing older is left). `more`
 * is how many went that are not named, because they were too many: list anew.
 */
export type RemovedEvent = {
  binId: string;
  ids?: string[];
  all?: true;
  upTo?: number;
  more?: number;
};

/** What a person changed about captures; what is left out stays. */
export type ChangedEvent = {
  binId: string;
  captures: { id: string; note?: string | null; starred?: boolean }[];
};

/**
 * Captures that were deleted are back, where they were: those given (in `seq` order, at most
 * LIVE_BATCH_MAX a message), or with null all from above `after` on, which are to be listed anew.
 */
export type RestoredEvent = {
  binId: string;
  count: number;
  captures: Summary[] | null;
  after: number;
};

/** A delivery has ended: `GET /deliveries/{deliveryId}` says how. */
export type DeliveryEvent = {
  binId: string;
  captureId: string;
  deliveryId: string;
  state: "succeeded" | "failed";
  attempt: number;
};

export type StorageEvent = { binId: string; storage: Storage };

export type ServerToClientEvents = {
  captures: (event: CapturesEvent) => void;
  removed: (event: RemovedEvent) => void;
  changed: (event: ChangedEvent) => void;
  restored: (event: RestoredEvent) => void;
  delivery: (event: DeliveryEvent) => void;
  /** A bulk resend began, went on, changed its state or ended. */
  bulkResend: (bulk: BulkResend) => void;
  /** The bin's settings changed. */
  bin: (bin: Bin) => void;
  /** How much the bin's workspace stores has changed visibly, or is all that it may. */
  storage: (event: StorageEvent) => void;
  /** The bin was deleted; nothing more will come. */
  gone: (event: { binId: string }) => void;
};

export type ClientToServerEvents = {
  watch: (watch: Watch, ack: (answer: WatchAck) => void) => void;
  unwatch: (unwatch: Unwatch) => void;
};
