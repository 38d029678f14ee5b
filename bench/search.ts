import { randomBytes } from "node:crypto";
import type { CapturePage } from "../lib/contract/capture.ts";
import type { TestBin, TestServer } from "../lib/testing/server.ts";
import { median } from "./load.ts";

const CAPTURES = 10_000;
const BODY_BYTES = 2 * 1024;
const CONNECTIONS = 32;
const SAMPLES = 7;
const TARGET_MS = 300;

/** What each finds of the captures below, and what it makes the server look at. */
const QUERIES: [query: string, about: string][] = [
  ["", "everything"],
  ["method:PUT path:/orders/7", "metadata, many"],
  ["type:xml", "metadata, none"],
  ["ip:10.0.0.0/8", "a network, none"],
  ["size:>1m OR is:starred", "either, none"],
  ["header:x-event=rare", "a header's value, 1 in 1,000"],
  ["header:x-nowhere", "a header, none"],
  ["-header:x-event", "every capture's headers, none"],
  ["invoice", "text anywhere, all"],
  ["nowhere-to-be-found", "text anywhere, none"],
  ["body:needle-42", "text of bodies, 1"],
  ["body:nowhere-to-be-found", "text of bodies, none"],
  ["-body:invoice", "text of bodies, excluded, none"],
  ["json:$.action=opened", "a JSON value, 1 in 10"],
  ["json:$.object.id=4242", "a JSON number, 1"],
  ["json:$.action=invoice", "a JSON value, none"],
  ["json:$.type=closed", "a JSON value that is elsewhere in nearly every body, none"],
  ["json:$.object.amount>999999", "a JSON comparison in every body, none"],
  ["method:POST json:$.object.lines[*].sku=sku-none -is:problem", "several, none"],
];

function bodyOf(index: number): string {
  const body = {
    id: `evt_${randomBytes(8).toString("hex")}`,
    type: "invoice.updated",
    action: index % 10 === 0 ? "opened" : "closed",
    object: {
      id: index,
      amount: index * 7,
      name: `needle-${index}`,
      lines: [{ sku: `sku-${index % 50}` }, { sku: "sku-x" }],
    },
    filler: "",
  };
  const missing = BODY_BYTES - JSON.stringify(body).length;
  return JSON.stringify({
    ...body,
    filler: randomBytes(missing).toString("base64").slice(0, missing),
  });
}

async function fill(bin: TestBin): Promise<void> {
  let next = 0;
  const work = async () => {
    while (next < CAPTURES) {
      const index = next++;
      const response = await fetch(`${bin.captureUrl}/orders/${index % 100}?page=${index}`, {
        method: index % 3 === 0 ? "PUT" : "POST",
        headers: {
          "content-type": "application/json",
          "user-agent": "Bench/1.0 (+https://example.com/bot)",
          "x-event": index % 1_000 === 0 ? "rare" : "usual",
          "x-signature": `t=${index},v1=${randomBytes(32).toString("hex")}`,
          "x-request-id": randomBytes(16).toString("hex"),
        },
        body: bodyOf(index),
      });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`not stored: ${response.status}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, work));
}

/** What acts on all of it, as the dashboard does when all is selected: once each, and back again. */
const WHOLE = ["method:PUT", "json:$.action=opened", "invoice", "body:nowhere-to-be-found"];

async function benchWhole(bin: TestBin): Promise<void> {
  const ask = async (path: string, init?: RequestInit) => {
    const start = performance.now();
    const response = await bin.api(`/bins/${bin.id}/${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    const answer = (await response.json()) as Record<string, unknown>;
    return { answer, ms: (performance.now() - start).toFixed(0) };
  };
  const post = (path: string, body: object) =>
    ask(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  console.log("\n| all of | count | ms | timeline ms | delete ms | undo ms |");
  console.log("| --- | --- | --- | --- | --- | --- |");
  for (const q of WHOLE) {
    const query = encodeURIComponent(q);
    const counted = await ask(`captures/count?q=${query}`);
    const timeline = await ask(`timeline?q=${query}`);
    const deleted = await ask(`captures?q=${query}`, { method: "DELETE" });
    const { undo } = deleted.answer;
    const undone = undo ? (await post("captures/restore", { undo })).ms : "–";
    const numbers = [counted.answer.count, counted.ms, timeline.ms, deleted.ms, undone];
    console.log(`| \`${q}\` | ${numbers.join(" | ")} |`);
  }
}

/** One page through the API, as the dashboard asks for it. */
export async function benchSearch(name: string, server: TestServer): Promise<void> {
  const bin = await server.createBin();
  await fill(bin);
  console.log(`\n## Search in ${CAPTURES} captures of ${BODY_BYTES} bytes, ${name}\n`);
  console.log("| query | about | found on the page | median ms | slowest ms |");
  console.log("| --- | --- | --- | --- | --- |");
  let worst = 0;
  for (const [query, about] of QUERIES) {
    const times: number[] = [];
    let found = "";
    for (let i = 0; i <= SAMPLES; i++) {
      const start = performance.now();
      const page: CapturePage = await bin.page(`limit=50&q=${encodeURIComponent(query)}`);
      // The first one opens files and connections.
      if (i > 0) times.push(performance.now() - start);
      found = `${page.captures.length}${page.hasMore ? "+" : ""}`;
    }
    worst = Math.max(worst, median(times));
    const ms = [median(times), Math.max(...times)].map((time) => time.toFixed(0));
    console.log(`| \`${query}\` | ${about} | ${found} | ${ms.join(" | ")} |`);
  }
  const verdict = worst < TARGET_MS ? "met" : "MISSED";
  console.log(
    `\n- **the slowest median is ${worst.toFixed(0)} ms; under ${TARGET_MS} ms is ${verdict}**`,
  );
  await benchWhole(bin);
}
