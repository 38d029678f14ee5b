import { connect, type Socket } from "node:net";

export type LoadResult = {
  /** 2xx answers. */
  ok: number;
  notOk: number;
  seconds: number;
  /** Milliseconds of every answered request, sorted. */
  latencies: Float64Array;
};

type LoadOptions = {
  port: number;
  /** One whole HTTP/1.1 request. */
  request: Buffer;
  connections: number;
  seconds: number;
};

const END_OF_HEAD = Buffer.from("\r\n\r\n");

/** The length of the first whole response in `data`, 0 when it is not all there yet. */
function responseLength(data: Buffer): number {
  const head = data.indexOf(END_OF_HEAD);
  if (head < 0) return 0;
  const declared = /\r\ncontent-length: *(\d+)/i.exec(data.toString("latin1", 0, head));
  const length = head + END_OF_HEAD.length + Number(declared?.[1] ?? 0);
  return data.length >= length ? length : 0;
}

/**
 * A closed loop: each connection sends the next request when the last one is answered. Written on
 * plain sockets, since a client that costs as much as the server would measure itself.
 */
export async function load({
  port,
  request,
  connections,
  seconds,
}: LoadOptions): Promise<LoadResult> {
  const latencies: number[] = [];
  let ok = 0;
  let notOk = 0;
  const start = performance.now();
  const deadline = start + seconds * 1000;

  const run = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket: Socket = connect({ port, host: "127.0.0.1", noDelay: true });
      let sentAt = 0;
      let rest: Buffer | null = null;
      const send = () => {
        sentAt = performance.now();
        socket.write(request);
      };
      socket.on("connect", send);
      socket.on("error", reject);
      socket.on("close", () => resolve());
      socket.on("data", (chunk) => {
        const data = rest ? Buffer.concat([rest, chunk]) : chunk;
        if (responseLength(data) === 0) {
          rest = data;
          return;
        }
        rest = null;
        const now = performance.now();
        latencies.push(now - sentAt);
        if (data[9] === 50) ok += 1;
        else notOk += 1;
        if (now < deadline) send();
        else socket.end();
      });
    });

  await Promise.all(Array.from({ length: connections }, run));
  const elapsed = (performance.now() - start) / 1000;
  return { ok, notOk, seconds: elapsed, latencies: Float64Array.from(latencies).sort() };
}

export function percentile(sorted: Float64Array, fraction: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN;
}

export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
