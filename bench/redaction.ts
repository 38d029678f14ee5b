import { monitorEventLoopDelay } from "node:perf_hooks";
import { type Recorded, redactCapture } from "../lib/access/redaction/redact-capture.ts";
import { startRedactor } from "../lib/access/redaction/redactor.ts";
import { median } from "./load.ts";

const MEBIBYTE = 1024 * 1024;
const SAMPLES = 5;
const NOTHING = { hide: [], show: [] };

type Body = { name: string; type: string; secret?: string; unit: (index: number) => string };

const number = (index: number) => ((index * 2_654_435_761) % 2 ** 32).toString(36).padStart(7, "0");

/** What is sent, then what a sender would make to keep the server busy. */
const BODIES: Body[] = [
  { name: "text", type: "text/plain", unit: (i) => `${number(i)} ` },
  {
    name: "JSON without secrets",
    type: "application/x-ndjson",
    unit: (i) => `{"id":${i},"name":"n${number(i)}"}\n`,
  },
  {
    name: "JSON of secrets",
    type: "application/json",
    unit: (i) => `{"token":"${number(i)}/${number(i)}"}\n`,
  },
  {
    name: "a form of secrets",
    type: "application/x-www-form-urlencoded",
    unit: (i) => `token=${number(i)}%20a&`,
  },
  {
    name: "XML of secrets",
    type: "application/xml",
    unit: (i) => `<password>${number(i)}</password>`,
  },
  { name: "XML that never ends", type: "application/xml", unit: () => "<a" },
  { name: "backslashes", type: "text/plain", secret: "a\\b/c\\d", unit: () => "\\" },
  { name: "percents", type: "text/plain", secret: "%%%%%%%%/", unit: () => "%25" },
  { name: "nearly a secret", type: "text/plain", secret: `${"a".repeat(4_000)}b`, unit: () => "a" },
];

function bodyOf({ unit }: Body, size: number): Buffer {
  const parts: string[] = [];
  for (let length = 0, index = 0; length < size; index++) {
    const part = unit(index);
    parts.push(part);
    length += part.length;
  }
  return Buffer.from(parts.join("").slice(0, size));
}

const recordedOf = ({ type, secret }: Body): Recorded => ({
  binId: "k3v9q0w2m4x7z1a8b5c6",
  method: "POST",
  target: "/in/k3v9q0w2m4x7z1a8b5c6",
  path: "/",
  query: null,
  contentType: type,
  remoteIp: "203.0.113.9",
  problem: null,
  problemDetail: null,
  headers: secret ? [["X-Secret", secret]] : [],
  trailers: [],
});

/** Of processor: what else the machine does matters less. */
function millisecondsOf(work: () => unknown): number {
  const times = Array.from({ length: SAMPLES }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  });
  return median(times);
}

/** What looks at each byte once, and at nothing else. */
function scan(body: Buffer): number {
  const text = body.toString("latin1");
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum += text.charCodeAt(at);
  return sum;
}

/** The longest that the thread which serves was held while another redacted. */
async function longestBlock(body: Body): Promise<number> {
  const redactor = startRedactor();
  const redact = (id: string, bytes: Buffer) =>
    redactor.redact({ ...recordedOf(body), id }, bytes, NOTHING);
  await redact("first", bodyOf(body, MEBIBYTE));
  const bytes = bodyOf(body, 10 * MEBIBYTE);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await redact("second", bytes);
  delay.disable();
  await redactor.close();
  return delay.max / 1e6;
}

/** Redaction beside one look at each byte of the same body, and whether ten times as much takes ten times as long. */
export async function benchRedaction(): Promise<void> {
  console.log("\n## Redacting a shared capture's body, beside a scan of its bytes\n");
  for (const body of BODIES) {
    const [short, long] = [bodyOf(body, MEBIBYTE), bodyOf(body, 10 * MEBIBYTE)];
    const record = recordedOf(body);
    const [oneScan, tenScan] = [short, long].map((bytes) => millisecondsOf(() => scan(bytes)));
    const [one, ten] = [short, long].map((bytes) =>
      millisecondsOf(() => redactCapture(record, bytes, NOTHING)),
    );
    const held = await longestBlock(body);
    console.log(
      `- ${body.name}: 1 MiB ${one!.toFixed(0)} ms of processor, **${(one! / oneScan!).toFixed(0)} times a scan**; ` +
        `10 MiB ${ten!.toFixed(0)} ms, ${(ten! / tenScan!).toFixed(0)} times; ` +
        `the serving thread was held ${held.toFixed(0)} ms at most`,
    );
  }
}
