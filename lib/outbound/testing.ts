import type { LookupAddress } from "node:dns";
import { once } from "node:events";
import { createServer, isIP, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { systemResolve } from "./guarded-lookup.ts";
import type { OutgoingMessage } from "./request-head.ts";
import { createSender, type SenderOptions, type Sending } from "./send.ts";
import { createTargetPolicy, type PrivateTargets } from "./target-policy.ts";

export type RawTarget = {
  port: number;
  /** What each connection sent so far, one character a byte. */
  received: string[];
  url(path?: string): string;
};

export const OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

/** Answers once the head of a request is there: with these bytes, or by whatever it does itself. */
export type Answer = string | Uint8Array | ((socket: Socket, request: string) => void);

/** A server that keeps what it gets, byte for byte. */
export async function startTarget(answer: Answer = OK, host = "127.0.0.1"): Promise<RawTarget> {
  const received: string[] = [];
  const server = createServer((socket) => {
    const index = received.push("") - 1;
    let hasAnswered = false;
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      received[index] += bytes.toString("latin1");
      if (hasAnswered || !received[index]!.includes("\r\n\r\n")) return;
      hasAnswered = true;
      if (typeof answer === "function") answer(socket, received[index]!);
      else socket.write(typeof answer === "string" ? Buffer.from(answer, "latin1") : answer);
    });
  });
  const port = await listen(server, host);
  return {
    port,
    received,
    url: (path = "/") => `http://${isIP(host) === 6 ? `[${host}]` : host}:${port}${path}`,
  };
}

export async function listen(server: Server, host = "127.0.0.1"): Promise<number> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, host);
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return (server.address() as { port: number }).port;
}

export type TestSenderOptions = Partial<Omit<SenderOptions, "policy">> & {
  privateTargets?: PrivateTargets;
  ownHosts?: string[];
  ownAddresses?: string[];
  policy?: SenderOptions["policy"];
};

export function newSender(options: TestSenderOptions = {}) {
  const { privateTargets = "all", ownHosts = [], ownAddresses = [], ...rest } = options;
  const policy = createTargetPolicy({
    privateTargets,
    ownHosts,
    ownAddresses: () => ownAddresses,
  });
  const sender = createSender({
    policy,
    resolve: systemResolve,
    maxBodyBytes: 1000,
    maxRedirects: 3,
    sockets: { perTarget: 4, total: 8 },
    ...rest,
  });
  return (
    url: string,
    message: Partial<OutgoingMessage> = {},
    sending: Partial<Omit<Sending, "url" | "message">> & { signal?: AbortSignal } = {},
  ) => {
    const { signal, ...how } = sending;
    const target = new URL(url);
    return sender.send(
      {
        url: target,
        isRaw: false,
        followRedirects: false,
        timeoutMs: 20_000,
        ...how,
        message: {
          method: "GET",
          target: target.pathname + target.search,
          headers: [],
          trailers: [],
          body: new Uint8Array(),
          ...message,
        },
      },
      signal,
    );
  };
}

export const address = (text: string): LookupAddress => ({ address: text, family: isIP(text) });

/** A resolver that gives these answers, one a call, the last one for ever; and what it was asked. */
export function fakeResolve(...answers: string[][]) {
  const asked: string[] = [];
  const resolve = async (name: string) => {
    asked.push(name);
    return answers[Math.min(asked.length, answers.length) - 1]!.map(address);
  };
  return { resolve, asked };
}
