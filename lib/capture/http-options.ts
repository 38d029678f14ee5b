import type { ServerOptions } from "node:http";

/**
 * How every listening server of Inlet reads HTTP. Generous where a default would drop something
 * that a sender really sent, strict about time.
 */
export const HTTP_SERVER_OPTIONS: ServerOptions = {
  // Node's 16 KiB would refuse requests that the field's proxies let through.
  maxHeaderSize: 1024 * 1024,
  // HTTP/1.1 without Host is wrong, but it is what the sender sent: capture it.
  requireHostHeader: false,
  headersTimeout: 20_000,
  requestTimeout: 120_000,
  connectionsCheckingInterval: 2_000,
  // Longer than the pools of senders and proxies keep a connection, so that they close first.
  keepAliveTimeout: 75_000,
  noDelay: true,
};

/** `server.maxHeadersCount`: 0 is no limit; the size limit holds. */
export const MAX_HEADERS_COUNT = 0;
