import { DEFAULT_REPLY, type Reply } from "#lib/contract/reply.ts";

export type ReplyPreset = { label: string; reply: Reply };

const json = (body: unknown) => JSON.stringify(body, null, 2);

/** What one tests a sender against most often. */
export const REPLY_PRESETS: readonly ReplyPreset[] = [
  { label: "200, empty", reply: DEFAULT_REPLY },
  {
    label: "200, JSON",
    reply: {
      ...DEFAULT_REPLY,
      headers: [["Content-Type", "application/json"]],
      body: json({ received: true }),
    },
  },
  { label: "204 No Content", reply: { ...DEFAULT_REPLY, status: 204 } },
  {
    label: "302 redirect",
    reply: { ...DEFAULT_REPLY, status: 302, headers: [["Location", "https://example.com/"]] },
  },
  {
    label: "429 with Retry-After",
    reply: {
      ...DEFAULT_REPLY,
      status: 429,
      headers: [
        ["Retry-After", "30"],
        ["Content-Type", "application/json"],
      ],
      body: json({ error: "too many requests" }),
    },
  },
  {
    label: "500 error",
    reply: {
      ...DEFAULT_REPLY,
      status: 500,
      headers: [["Content-Type", "application/json"]],
      body: json({ error: "internal error" }),
    },
  },
];

export const CONTENT_TYPES: readonly string[] = [
  "application/json",
  "text/plain; charset=utf-8",
  "text/html; charset=utf-8",
  "application/xml",
  "text/xml; charset=utf-8",
  "application/x-www-form-urlencoded",
  "text/csv; charset=utf-8",
];
