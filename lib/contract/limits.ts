/** Limits that both ends know. What an operator can set lives in `lib/env.ts`. */

export const BIN_NAME_MAX_LENGTH = 100;
export const NOTE_MAX_LENGTH = 2_000;

export const REPLY_BODY_MAX_LENGTH = 256 * 1024;
export const REPLY_HEADERS_MAX = 50;
export const REPLY_DELAY_MAX_MS = 30_000;

/** No capture has a higher number: what its column holds. */
export const SEQ_MAX = 0x7fff_fffe;
/** Captures that one call may name. */
export const BULK_MAX = 10_000;
/** One deletion or restoration by a search names so many captures to watchers, who list the rest anew. */
export const NAMED_MAX = 1_000;
/** A deletion can be undone for this long; its rows stay on the disk a little longer. */
export const UNDO_MS = 10 * 60 * 1000;

/** Captures that an export may name one by one: they travel in its URL. */
export const EXPORT_IDS_MAX = 1_000;

export const PAGE_SIZE_DEFAULT = 50;
export const PAGE_SIZE_MAX = 200;

/** A body longer than this is not sent as `text` with its capture: fetch `/body`. */
export const TEXT_MAX_BYTES = 1024 * 1024;

/** Summaries in one `captures` message; what is beyond is counted in `skipped`. */
export const LIVE_BATCH_MAX = 200;
/** One `captures` message per bin in this time at most. */
export const LIVE_WINDOW_MS = 16;
/** A watcher that missed more than this is told to list anew. */
export const CATCH_UP_MAX = 1_000;

export const TIMELINE_BUCKETS_DEFAULT = 60;
export const TIMELINE_BUCKETS_MAX = 200;
/** More captures than this in a span are counted by a sample of them. */
export const TIMELINE_EXACT_MAX = 20_000;

export const RESEND_HEADERS_MAX = 5_000;
export const RESEND_LIMITS = {
  urlLength: 8_192,
  /** For the whole delivery, redirects too. */
  timeoutMs: 30_000,
  timeoutMinMs: 100,
  timeoutMaxMs: 120_000,
  redirects: 10,
} as const;

export const BULK_RESEND_LIMITS = {
  ratePerSecond: 10,
  ratePerSecondMax: 500,
  /** As many connections as one target gets from this server at once. */
  concurrencyMax: 8,
  /** Of one bin, running or paused. */
  active: 5,
  /** Of one bin, those that ended last. */
  kept: 50,
} as const;

/** A response's body is kept up to this. */
export const RESPONSE_MAX_BYTES = 1024 * 1024;
/** In a list of deliveries a response's body is sent as `text` up to this. */
export const LISTED_TEXT_MAX_BYTES = 64 * 1024;
/** A capture keeps this many deliveries, the newest. */
export const DELIVERIES_PER_CAPTURE_MAX = 100;

/** Rules of one bin: each is one URL. */
export const FORWARD_RULES_MAX = 10;
export const FORWARD_RULE_NAME_MAX_LENGTH = 100;
export const FORWARD_ATTEMPTS = { default: 8, max: 20 } as const;
export const FORWARD_TIMEOUT_MS = { default: 30_000, min: 100, max: 60_000 } as const;
/** How long a sender waits for the target's answer. */
export const FORWARD_ANSWER_TIMEOUT_MS = { default: 10_000, min: 100, max: 30_000 } as const;
/** A rule's waiting and failed forwards are counted up to this. */
export const FORWARD_COUNT_MAX = 100_000;

/** What may be sent on by the holders of one link together, and by one address through any links. */
export const SHARED_RESEND_RATES = {
  link: { limit: 30, seconds: 60 },
  address: { limit: 10, seconds: 60 },
} as const;

export const SHARE_LABEL_MAX_LENGTH = 100;
/** Seconds. */
export const SHARE_EXPIRES_IN_MIN = 1;
export const SHARE_EXPIRES_IN_MAX = 366 * 24 * 60 * 60;
/** Addresses in each of a link's two lists. */
export const SHARE_FIELDS_MAX = 500;
/** Each capture of a list is read and redacted in full. */
export const SHARED_PAGE_MAX = 50;

export const TOKEN_LABEL_MAX_LENGTH = 100;
/** Seconds. */
export const TOKEN_EXPIRES_IN_MIN = 1;
export const TOKEN_EXPIRES_IN_MAX = 10 * 366 * 24 * 60 * 60;
/** Of each kind, tokens and browsers. */
export const TOKENS_MAX = 100;

export const WORKSPACE_NAME_MAX_LENGTH = 100;
/** A link to another device is good for this long. */
export const DEVICE_LINK_MS = 10 * 60 * 1000;
/** Links of a workspace that could be used at the same time. */
export const DEVICE_LINKS_MAX = 10;
