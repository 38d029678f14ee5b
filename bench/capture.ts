import type { TestServer } from "../lib/testing/server.ts";
import { load, median } from "./load.ts";
import { type Bare, peakMemoryMiB, processorTime, startWatcher } from "./processes.ts";
import { webhook } from "./webhook.ts";

const ROUNDS = 3;
const SECONDS = 3;
const WARM_UP_SECONDS = 6;
const CONNECTIONS = [1, 32, 64];

type Round = { rate: number; p50: number; p99: number; notOk: number; cpu: number };

async function measure(port: number, pid: number, path: string, connections: number) {
  const before = processorTime(pid);
  const result = await load({ port, webhook: webhook(path), connections, seconds: SECONDS });
  const cpu = (processorTime(pid) - before) / result.ok;
  const round: Round = { ...result, cpu };
  return { round, ok: result.ok };
}

const show = ({ rate, p50, p99, notOk, cpu }: Round) =>
  `${Math.round(rate)} req/s, p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms, ${notOk} not 2xx, ${cpu.toFixed(0)} µs of processor each`;

const middle = (rounds: Round[], field: keyof Round) => median(rounds.map((round) => round[field]));

/**
 * Durable captures a second beside a bare `node:http` server, alternating in one run, with one
 * browser watching. Counts afterwards that every 2xx is stored.
 */
export async function benchCapture(name: string, server: TestServer, bare: Bare): Promise<void> {
  console.log(`\n## Durable captures, ${name}, 1 KiB of JSON, 12 headers, one browser watching\n`);
  const bin = await server.createBin();
  const stopWatcher = await startWatcher(server, bin);
  const path = `/in/${bin.id}`;
  let acknowledged = 0;
  const warm = { webhook: webhook(path), connections: 64, seconds: WARM_UP_SECONDS };
  acknowledged += (await load({ ...warm, port: server.port })).ok;
  await load({ ...warm, port: bare.port, seconds: 2 });

  for (const connections of CONNECTIONS) {
    const baseline: Round[] = [];
    const rounds: Round[] = [];
    const ratios: number[] = [];
    for (let i = 0; i < ROUNDS; i++) {
      const base = await measure(bare.port, bare.pid, "/", connections);
      const inlet = await measure(server.port, server.pid, path, connections);
      baseline.push(base.round);
      rounds.push(inlet.round);
      acknowledged += inlet.ok;
      ratios.push(inlet.round.rate / base.round.rate);
      console.log(`- ${connections} connections, bare:  ${show(base.round)}`);
      console.log(`- ${connections} connections, Inlet: ${show(inlet.round)}`);
    }
    const [rate, bareRate] = [middle(rounds, "rate"), middle(baseline, "rate")];
    console.log(
      `- **${connections} connections, medians of ${ROUNDS}: Inlet ${Math.round(rate)}, bare ${Math.round(bareRate)} req/s; ratio ${median(ratios).toFixed(2)}; Inlet p50 ${middle(rounds, "p50").toFixed(2)}, p99 ${middle(rounds, "p99").toFixed(2)} ms**`,
    );
  }
  stopWatcher();
  const { captureCount } = await bin.get();
  console.log(`- 2xx answers ${acknowledged}, captures numbered ${captureCount}`);
  console.log(`- peak memory of the server ${peakMemoryMiB(server.pid)} MiB`);
  if (captureCount < acknowledged) throw new Error("an acknowledged capture is missing");
}
