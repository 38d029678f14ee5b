import type { CaptureProblem } from "./capture.ts";

/** A capture that waits to be written; its `seq` is given in the transaction that writes it. */
export type NewCapture = {
  id: string;
  binId: string;
  /** ISO 8601, UTC, milliseconds. */
  receivedAt: string;
  method: string;
  target: string;
  path: string;
  query: string | null;
  httpVersion: string;
  contentType: string | null;
  remoteIp: string | null;
  tls: boolean;
  declaredSize: number | null;
  truncated: boolean;
  problem: CaptureProblem | null;
  problemDetail: string | null;
  readMs: number;
  /** name, value, name, value … */
  rawHeaders: string[];
  rawTrailers: string[];
  body: Uint8Array;
};
