import type { IncomingMessage } from "node:http";
import type { Socket } from "engine.io";

/**
 * Connections that come at once are let in to be told why they have to go; beyond this many over
 * the limit the handshake itself is refused.
 */
const HEADROOM = 20;

export type SocketCountsOptions = {
  /** Connections that one network may have; null for any number. */
  max: number | null;
  networkOf(req: IncomingMessage): string;
};

/** How many connections each network has open. */
export function socketCounts({ max, networkOf }: SocketCountsOptions) {
  const counts = new Map<string, number>();
  /** Those that were one too many when they came: whoever came before them stays. */
  const over = new WeakSet<Socket>();
  const countOf = (req: IncomingMessage) => counts.get(networkOf(req)) ?? 0;

  return {
    /** Before the connection is counted. */
    isFlooded: (req: IncomingMessage) => max !== null && countOf(req) >= max + HEADROOM,
    isOver: (socket: Socket) => over.has(socket),
    opened(socket: Socket, req: IncomingMessage): void {
      if (max === null) return;
      const network = networkOf(req);
      const count = countOf(req) + 1;
      counts.set(network, count);
      if (count > max) over.add(socket);
      socket.once("close", () => {
        const left = counts.get(network)! - 1;
        if (left > 0) counts.set(network, left);
        else counts.delete(network);
      });
    },
  };
}
