import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import { systemResolve } from "../outbound/guarded-lookup.ts";
import { createSender } from "../outbound/send.ts";
import { createTargetPolicy, type PrivateTargets } from "../outbound/target-policy.ts";
import { listen } from "../outbound/testing.ts";
import type { NewForwardRule } from "../store/forward-rules.ts";
import type { ForwardRuleRecord } from "../store/records.ts";
import { newBinId, type TestStore } from "../testing/store.ts";
import { createForwarder, type ForwarderLimits } from "./forwarder.ts";

export type Received = { method: string; url: string; rawHeaders: string[]; body: string };
type Answer = (req: IncomingMessage, res: ServerResponse, count: number) => void;

/** A server that keeps what it gets, and answers 200 unless told otherwise. */
export async function startHttpTarget(answer: Answer = (_req, res) => void res.end("ok")) {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    let body = "";
    req.setEncoding("latin1").on("data", (chunk: string) => {
      body += chunk;
    });
    req.on("end", () => {
      const { method, url, rawHeaders } = req;
      received.push({ method: method!, url: url!, rawHeaders, body });
      answer(req, res, received.length);
    });
  });
  const port = await listen(server);
  return { received, port, host: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}/` };
}

type Options = {
  now?: () => Date;
  random?: () => number;
  limits?: Partial<ForwarderLimits>;
  privateTargets?: PrivateTargets;
};

/** A forwarder that works on a store; it is drained when the test ends. */
export async function startForwarder(store: TestStore, options: Options = {}) {
  const errors: unknown[] = [];
  const delivered: string[] = [];
  const { privateTargets = "all", now = () => new Date(), random = () => 0 } = options;
  const forwarder = createForwarder({
    store,
    sender: createSender({
      policy: createTargetPolicy({ privateTargets, ownHosts: [], ownAddresses: () => [] }),
      resolve: systemResolve,
      maxBodyBytes: 100_000,
      maxRedirects: 0,
      sockets: { perTarget: 16, total: 256 },
    }),
    now,
    random,
    onDelivered: ({ deliveryId }) => delivered.push(deliveryId),
    onError: (error) => errors.push(error),
    limits: { tickMs: 10, ...options.limits },
  });
  await forwarder.start();
  onTestFinished(() => forwarder.drain(0));
  return { ...forwarder, errors, delivered };
}

export async function newRule(
  store: TestStore,
  binId: string,
  change: Partial<NewForwardRule> & { url: string },
): Promise<ForwardRuleRecord> {
  const rule = await store.write("createForwardRule", {
    id: newBinId(),
    binId,
    createdAt: new Date(),
    name: null,
    query: null,
    path: "keep",
    enabled: true,
    maxAttempts: 8,
    timeoutMs: 10_000,
    answerSender: false,
    answerTimeoutMs: 10_000,
    ...change,
  });
  if (typeof rule === "string") throw new Error(rule);
  return rule;
}
