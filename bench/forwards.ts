import { Agent, request } from "node:http";
import type { TestBin, TestServer } from "../lib/testing/server.ts";
import { median, percentile } from "./load.ts";
import { processorTime, startSink } from "./processes.ts";
import { webhook } from "./webhook.ts";

const RATE = 500;
const SECONDS = 20;
const ROUNDS = 3;
const CONNECTIONS = 32;

type Round = { sent: number; p50: number; p99: number; cpu: number };

/** Milliseconds from the request's first byte to the whole answer. */
function send(agent: Agent, port: number, path: string, number: number): Promise<number> {
  const { headers, body } = webhook(path);
  const start = performance.now();
  return new Promise((resolve, reject) => {
    const outgoing = request(
      {
        host: "127.0.0.1",
        port,
        path,
        method: "POST",
        agent,
        headers: { ...headers, "X-Number": number },
      },
      (response) => {
        if (response.statusCode !== 200) reject(new Error(`status ${response.statusCode}`));
        response.resume().on("end", () => resolve(performance.now() - start));
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

let number = 0;

/** An open loop: so many a second, whether they are answered or not. */
async function round(server: TestServer, bin: TestBin): Promise<Round> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const before = processorTime(server.pid);
  const times: Promise<number>[] = [];
  const start = performance.now();
  while (performance.now() - start < SECONDS * 1000) {
    const due = Math.floor(((performance.now() - start) / 1000) * RATE);
    while (times.length < due) times.push(send(agent, server.port, `/in/${bin.id}`, number++));
    await new Promise((turn) => setTimeout(turn, 1));
  }
  const sorted = Float64Array.from(await Promise.all(times)).sort();
  const cpu = (processorTime(server.pid) - before) / (SECONDS * 1e6);
  agent.destroy();
  return { sent: times.length, p50: percentile(sorted, 0.5), p99: percentile(sorted, 0.99), cpu };
}

const show = ({ sent, p50, p99, cpu }: Round) =>
  `${Math.round(sent / SECONDS)}/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${cpu.toFixed(2)} cores`;

/**
 * Captures beside forwards: 500 a second of each to a local target, for a minute in three rounds
 * that alternate with rounds without forwards. Counts what the target got.
 */
export async function benchForwards(name: string, server: TestServer): Promise<void> {
  console.log(
    `\n## Forwards, ${name}, ${RATE} captures a second of 1 KiB, all of them forwarded\n`,
  );
  const sink = await startSink();
  const [plain, forwarding] = [await server.createBin(), await server.createBin()];
  const made = await forwarding.api(`/bins/${forwarding.id}/rules`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url: `http://127.0.0.1:${sink.port}/` }),
  });
  const { id: ruleId } = (await made.json()) as { id: string };
  const received = async () =>
    (await (await fetch(`http://127.0.0.1:${sink.port}/`)).json()) as {
      distinct: number;
      total: number;
    };
  // Both paths run in before anything is measured.
  let forwarded = (await round(server, forwarding)).sent;
  const without: Round[] = [];
  const beside: Round[] = [];
  let slowestMs = 0;
  for (let i = 0; i < ROUNDS; i++) {
    without.push(await round(server, plain));
    console.log(`- without forwards: ${show(without.at(-1)!)}`);
    beside.push(await round(server, forwarding));
    forwarded += beside.at(-1)!.sent;
    const start = performance.now();
    const end = start + 60_000;
    while ((await received()).distinct < forwarded && performance.now() < end) {
      await new Promise((turn) => setTimeout(turn, 5));
    }
    slowestMs = Math.max(slowestMs, performance.now() - start);
    console.log(`- beside forwards:  ${show(beside.at(-1)!)}`);
  }
  const ratios = beside.map(({ p99 }, i) => p99 / without[i]!.p99);
  const { distinct, total } = await received();
  const rule = (await (await forwarding.api(`/rules/${ruleId}`)).json()) as { failed: number };
  console.log(
    `- **p99 beside forwards over p99 without: ${median(ratios).toFixed(2)} (${ratios.map((ratio) => ratio.toFixed(2)).join(", ")}); p50 ${(median(beside.map(({ p50 }) => p50)) / median(without.map(({ p50 }) => p50))).toFixed(2)}**`,
  );
  console.log(
    `- captures ${forwarded}, forwarded ${distinct}, sent ${total}, failed ${rule.failed}; the last one arrived within ${Math.ceil(slowestMs)} ms of the last answer`,
  );
  sink.stop();
  if (distinct < forwarded) throw new Error("a capture was not forwarded");
}
