import type { HeaderPair } from "#lib/contract/reply.ts";

/** What the page asks its sending frame for, on a port of their own. */
export type BrowserRequest = {
  url: string;
  method: string;
  headers: HeaderPair[];
  body: Uint8Array<ArrayBuffer> | null;
  /** `no-cors` sends what needs nobody's consent, and shows nothing of the answer. */
  mode: "cors" | "no-cors";
  followRedirects: boolean;
  timeoutMs: number;
  /** More of the answer's body is not read. */
  maxBytes: number;
};

/** What the browser let the frame see. */
export type BrowserAnswer = {
  type: "answer";
  status: number;
  statusText: string;
  /** Where the answer came from, after redirects. */
  url: string;
  /** Sorted by the browser, names in lower case; only what the target exposes. */
  headers: HeaderPair[];
  /** Without its content encoding: the browser has undone it. */
  body: Uint8Array<ArrayBuffer>;
  /** True when there was more than `maxBytes`, or the rest did not come. */
  truncated: boolean;
  firstByteMs: number;
  totalMs: number;
};

export type BrowserResult =
  | BrowserAnswer
  /** It was sent and answered; the browser hides what with. */
  | { type: "hidden"; why: "no-cors" | "redirect"; totalMs: number }
  /** The browser says no more than this of why. */
  | { type: "failed"; why: "refused" | "timeout" | "cancelled"; message: string; totalMs: number };

/** `ready` comes first: the frame is there and has understood. */
export type FrameMessage = { type: "ready" } | BrowserResult;
export type PageMessage = { type: "send"; request: BrowserRequest } | { type: "cancel" };
