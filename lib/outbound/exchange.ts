import { type IncomingMessage, request } from "node:http";
import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import type { HeaderPair } from "../contract/reply.ts";

const RESPONSE_HEAD_MAX_BYTES = 64 * 1024;

export type ReceivedResponse = {
  status: number;
  statusText: string;
  httpVersion: string;
  headers: HeaderPair[];
  trailers: HeaderPair[];
  body: Uint8Array;
  /** The body was longer than the limit, or broke off. */
  truncated: boolean;
  /** Why it broke off. */
  error: unknown;
};

export type ExchangeOptions = {
  socket: Socket;
  /** The request, byte for byte. */
  pieces: Uint8Array[];
  /** Says whether the response has a body: those to HEAD have none. */
  method: string;
  maxBodyBytes: number;
  signal: AbortSignal;
  onFirstByte(): void;
};

export function toPairs(flat: readonly string[]): HeaderPair[] {
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]);
}

/**
 * The connection as Node's HTTP client sees it: it reads the response, but what it writes goes
 * nowhere. We write the request ourselves, since Node would add, refuse and reframe parts of it.
 */
function readingSide(socket: Socket, onFirstByte: () => void): Duplex {
  const side = new Duplex({
    read: () => void socket.resume(),
    write: (_chunk, _encoding, done) => done(),
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  socket.once("data", onFirstByte);
  socket.on("data", (chunk) => {
    if (!side.push(chunk)) socket.pause();
  });
  socket.on("end", () => side.push(null));
  socket.on("error", (error) => side.destroy(error));
  socket.on("close", () => {
    if (!side.readableEnded) side.push(null);
  });
  return side;
}

function receive(
  response: IncomingMessage,
  maxBytes: number,
  done: (received: ReceivedResponse) => void,
): void {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const finish = (truncated: boolean, error: unknown = null) => {
    done({
      status: response.statusCode!,
      statusText: response.statusMessage ?? "",
      httpVersion: response.httpVersion,
      headers: toPairs(response.rawHeaders),
      trailers: toPairs(response.rawTrailers),
      body: Buffer.concat(chunks),
      truncated,
      error,
    });
  };
  response.on("data", (chunk: Uint8Array) => {
    const room = maxBytes - size;
    chunks.push(chunk.byteLength > room ? chunk.subarray(0, room) : chunk);
    size += chunk.byteLength;
    if (size > maxBytes) finish(true);
  });
  response.on("end", () => finish(false));
  response.on("error", (error) => finish(true, error));
}

/**
 * Sends a request's bytes and reads the response; closes the connection at the end. Rejects when
 * there is no response, with Node's error; one that breaks off resolves with what came of it.
 */
export async function exchange(options: ExchangeOptions): Promise<ReceivedResponse> {
  const { socket, pieces, method, maxBodyBytes, signal, onFirstByte } = options;
  const side = readingSide(socket, onFirstByte);
  const client = request({
    // All that its reading depends on; the method that is sent may be none that Node would take.
    method: method === "HEAD" ? "HEAD" : "GET",
    createConnection: () => side,
    maxHeaderSize: RESPONSE_HEAD_MAX_BYTES,
  });
  const abort = () => side.destroy(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    return await new Promise<ReceivedResponse>((resolve, reject) => {
      let cause: unknown;
      const begin = (response: IncomingMessage) => {
        client.off("error", reject);
        receive(response, maxBodyBytes, (received) =>
          resolve({ ...received, error: received.error && (cause ?? received.error) }),
        );
      };
      client.on("response", begin);
      // Nobody asked for it, but a target may still answer 101.
      client.on("upgrade", begin);
      client.on("error", reject);
      // Later than the response's beginning, it says why that breaks off.
      client.on("error", (error) => {
        cause = error;
      });
      client.end();
      for (const piece of pieces) if (piece.byteLength > 0) socket.write(piece);
    });
  } finally {
    signal.removeEventListener("abort", abort);
    client.destroy();
    socket.destroy();
  }
}
