import fc from "fast-check";
import { expect, test } from "vitest";
import { redactCapture } from "./access/redaction/redact-capture.ts";
import { presentCapture, toHttp } from "./captures.ts";
import { captureFormatSchema } from "./contract/export.ts";
import type { HeaderPair } from "./contract/reply.ts";
import { exportCapture } from "./export/export-capture.ts";
import type { CaptureRecord } from "./store/records.ts";

const BIN = "k3v9q0w2m4x7z1a8b5c6";

type Sent = { headers: HeaderPair[]; query: string | null; type: string; body: string };
/** A place for a secret: what a sender writes there. */
type Place = (secret: string, sent: Sent) => void;

const json = (value: unknown) => JSON.stringify(value);
const latin1 = (text: string) => Buffer.from(text, "utf8").toString("latin1");
const addQuery = (sent: Sent, pair: string) => {
  sent.query = sent.query === null ? pair : `${sent.query}&${pair}`;
};

/** Places whose name says that it is a secret. Those in a header take no control characters. */
const NAMED: Record<string, Place> = {
  header: (secret, { headers }) => headers.push(["X-Api-Key", latin1(secret)]),
  bearer: (secret, { headers }) => headers.push(["Authorization", `Bearer ${latin1(secret)}`]),
  basic: (secret, { headers }) =>
    headers.push(["Authorization", `Basic ${Buffer.from(`ada:${secret}`).toString("base64")}`]),
  "JSON in a header": (secret, { headers }) =>
    headers.push(["X-Data", latin1(json({ token: secret }))]),
  query: (secret, sent) => addQuery(sent, `token=${encodeURIComponent(secret)}`),
  "form-encoded query": (secret, sent) =>
    addQuery(sent, new URLSearchParams({ client_secret: secret }).toString()),
  "address in a query": (secret, sent) => {
    const address = `https://a.test/?token=${encodeURIComponent(secret)}`;
    addQuery(sent, `to=${encodeURIComponent(address)}`);
  },
};
const NAMED_IN_BODY: Record<string, Place> = {
  JSON: (secret, sent) => {
    sent.body = json({ deep: [{ password: { of: [secret] } }] });
  },
  "JSON in JSON": (secret, sent) => {
    sent.body = json({ Message: json({ password: secret, n: 1 }) });
  },
  form: (secret, sent) => {
    sent.type = "application/x-www-form-urlencoded";
    sent.body = new URLSearchParams({ a: "1", password: secret }).toString();
  },
  "JSON in a form": (secret, sent) => {
    sent.type = "application/x-www-form-urlencoded";
    sent.body = new URLSearchParams({ payload: json({ token: secret }) }).toString();
  },
  multipart: (secret, sent) => {
    sent.type = "multipart/form-data; boundary=B";
    sent.body = `--B\r\nContent-Disposition: form-data; name="token"\r\n\r\n${secret}\r\n--B--\r\n`;
  },
};
/** Places that repeat it without a name. */
const REPEATED: Record<string, Place> = {
  header: (secret, { headers }) => headers.push(["X-Echo", `<${latin1(secret)}>`]),
  query: (secret, sent) => addQuery(sent, `echo=${encodeURIComponent(secret)}`),
  "lower-case query": (secret, sent) =>
    addQuery(sent, `e2=${encodeURIComponent(secret).replace(/%../g, (hex) => hex.toLowerCase())}`),
  "form-encoded query": (secret, sent) =>
    addQuery(sent, new URLSearchParams({ e3: secret }).toString()),
  "JSON header": (secret, { headers }) => headers.push(["X-Json", latin1(json([secret]))]),
};

const text = fc.string({ minLength: 8, maxLength: 40, unit: "grapheme" });
/** Long enough not to be anywhere by chance, and nothing that the marker has. */
const anySecret = text.filter(
  (value) => value.trim() === value && !/[[\]\ufffd]|redact|^[A-Za-z_]+$/.test(value),
);
const headerSecret = anySecret.filter((value) => !/\p{Cc}/u.test(value));

function recordOf({ headers, query, type }: Sent): CaptureRecord {
  const path = "/hook";
  return {
    id: "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f",
    binId: BIN,
    seq: 1,
    receivedAt: new Date("2026-03-01T12:00:00Z"),
    method: "POST",
    path,
    query,
    target: `/in/${BIN}${path}${query === null ? "" : `?${query}`}`,
    contentType: type,
    bodySize: 0,
    declaredSize: null,
    truncated: false,
    problem: null,
    problemDetail: null,
    remoteIp: "203.0.113.9",
    note: null,
    starred: false,
    httpVersion: "1.1",
    tls: false,
    readMs: 1,
    headers: [["Host", "inlet.test"], ["Content-Type", type], ...headers],
    trailers: [],
  } as CaptureRecord;
}

/** Everything that a link gives of a capture, as bytes. */
function outputsOf(sent: Sent): Record<string, Buffer> {
  const bytes = Buffer.from(sent.body, "utf8");
  const { record, body } = redactCapture(recordOf(sent), bytes, { hide: [], show: [] });
  const capture = presentCapture(record, body.toString("utf8"));
  const exported = captureFormatSchema.options.map((format) => [
    format,
    Buffer.from(exportCapture({ capture, body, origin: "https://inlet.test" }, format)),
  ]);
  return {
    API: Buffer.from(json(capture)),
    body,
    message: Buffer.from(toHttp(record, body)),
    ...Object.fromEntries(exported),
  };
}

/** The ways in which the secret itself was written into the capture. */
function formsOf(secret: string): string[] {
  const escaped = json(secret).slice(1, -1);
  return [
    latin1(secret),
    latin1(latin1(secret)),
    latin1(escaped),
    encodeURIComponent(secret),
    encodeURIComponent(secret).toLowerCase(),
    new URLSearchParams({ a: secret }).toString().slice(2),
  ];
}

function expectNowhere(secret: string, outputs: Record<string, Buffer>): void {
  for (const [name, output] of Object.entries(outputs)) {
    const bytes = output.toString("latin1");
    // HAR and some snippets have bodies as Base64.
    const decoded = (bytes.match(/[A-Za-z0-9+/]{8,}={0,2}/g) ?? []).map((run) =>
      Buffer.from(run, "base64").toString("latin1"),
    );
    const all = [bytes, ...decoded].join("\n");
    for (const form of formsOf(secret)) {
      expect(all.includes(form), `${json(form)} in ${name}: ${all}`).toBe(false);
    }
  }
}

function capturedWith(secret: string, places: Place[]): Sent {
  const sent: Sent = { headers: [], query: null, type: "application/json", body: "" };
  for (const place of places) place(secret, sent);
  return sent;
}

const repeated = fc.subarray(Object.values(REPEATED));

test.each(Object.entries(NAMED))(
  "no byte of a secret in a %s is in any output, whatever repeats it",
  (_, named) => {
    fc.assert(
      fc.property(headerSecret, repeated, (secret, others) => {
        const sent = capturedWith(secret, [named, ...others]);
        sent.body = json({ text: `a ${secret} b`, list: [secret] });
        expectNowhere(secret, outputsOf(sent));
      }),
      { numRuns: 150 },
    );
  },
);

test.each(Object.entries(NAMED_IN_BODY))(
  "no byte of a secret in %s is in any output, whatever repeats it",
  (_, named) => {
    fc.assert(
      fc.property(headerSecret, repeated, (secret, others) => {
        expectNowhere(secret, outputsOf(capturedWith(secret, [named, ...others])));
      }),
      { numRuns: 150 },
    );
    fc.assert(
      fc.property(anySecret, (secret) => {
        expectNowhere(secret, outputsOf(capturedWith(secret, [named])));
      }),
      { numRuns: 150 },
    );
  },
);
