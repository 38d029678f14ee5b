import { createServer, type ServerOptions } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { type CapturePath, createCapturePath } from "../capture/capture.ts";
import { HTTP_SERVER_OPTIONS } from "../capture/http-options.ts";
import { oddRequests } from "../capture/odd-requests.ts";
import type { NewCapture } from "../contract/new-capture.ts";

/** The only bin of a capture server. */
export const BIN_ID = "a".repeat(20);

export type CaptureServer = {
  port: number;
  path: CapturePath;
  /** What was stored, in order. */
  stored: NewCapture[];
};

type Options = {
  memoryBytes?: number;
  http?: ServerOptions;
  onAppend?: (captures: NewCapture[]) => void;
};

/** The capture path behind a real HTTP server, with a store that keeps everything in memory. */
export async function startCaptureServer(options: Options = {}): Promise<CaptureServer> {
  const stored: NewCapture[] = [];
  const record = { ownCookies: [], forwarded: null };
  const maxBodyBytes = 1024 * 1024;
  const path = createCapturePath({
    ...record,
    hostSuffix: null,
    maxBodyBytes,
    memoryBytes: options.memoryBytes ?? 16 * 1024 * 1024,
    loadBin: async (id) => ({ id, workspaceId: "w", reply: null }),
    async append(captures) {
      options.onAppend?.(captures);
      // A copy: the path lets go of a body once it is stored.
      stored.push(...captures.map((capture) => ({ ...capture })));
      return { seqs: captures.map((_, i) => stored.length - captures.length + i + 1), failed: [] };
    },
    targetAnswer: () => null,
    admit: null,
    onCommitted() {},
    onError(error) {
      throw error;
    },
  });
  const { onClientError } = oddRequests(path, { ...record, hostSuffix: null, maxBodyBytes });
  const server = createServer(
    { ...HTTP_SERVER_OPTIONS, ...options.http },
    (req, res) => void path.handle(req, res),
  );
  server.on("clientError", onClientError);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close().closeAllConnections());
  return { port: (server.address() as AddressInfo).port, path, stored };
}
