import type { HeaderPair } from "../contract/reply.ts";

/** One thing that a request line or a status line says. */
export type LinePart = { label: string; text: string };

export type MessageBody = {
  bytes: Uint8Array;
  contentType: string | null;
  /** Whether more was sent than is here. */
  truncated: boolean;
};

/** What the comparison looks at: a request, or a response, as it was sent. */
export type Message = {
  line: LinePart[];
  /** Undecoded, without the question mark; null for a response and without one. */
  query: string | null;
  headers: HeaderPair[];
  trailers: HeaderPair[];
  body: MessageBody;
};
