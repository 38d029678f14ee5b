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
  const countOf = (req: IncomingMessage) => counts.get(networkOf(req)) ?? 0;

  return {
    /** Before the connection is counted. */
    isFlooded: (req: IncomingMessage) => max !== null && countOf(req) >= max + HEADROOM,
    /** With the connection counted. */
    isOver: (req: IncomingMessage) => max !== null && countOf(req) > max,
    opened(socket: Socket, req: IncomingMessage): void {
      if (max === null) return;
      const network = networkOf(req);
      counts.set(network, countOf(req) + 1);
      socket.once("close", () => {
        const left = counts.get(network)! - 1;
        if (left > 0) counts.set(network, left);
        else counts.delete(network);
      });
    },
  };
}
