import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { HTTP_SERVER_OPTIONS, MAX_HEADERS_COUNT } from "./capture/http-options.ts";
import { endWithProblem } from "./capture/raw-response.ts";
import type { Composition } from "./compose.ts";
import { answerGone, isLink } from "./gone-status.ts";
import { answerHealth } from "./health.ts";
import { setPageStatus } from "./page-status.ts";
import { validEscapes } from "./valid-escapes.ts";

export type Pages = {
  handle(req: IncomingMessage, res: ServerResponse): unknown;
  /** Only Next's development server upgrades connections. */
  onUpgrade: ((req: IncomingMessage, socket: Duplex, head: Buffer) => void) | null;
};

export type Parts = Pick<
  Composition,
  "capturePath" | "oddRequests" | "live" | "runtime" | "setSecurityHeaders" | "nameCaller" | "door"
> & {
  pages: Pages;
};

/**
 * The one HTTP server. It may listen before the parts are there: requests wait for them, so a
 * restart looks to a sender like a slow answer, not like a refused connection.
 */
export function createHttpServer(ready: Promise<Parts>): Server {
  let parts: Parts | undefined;
  void ready.then((value) => {
    parts = value;
  });
  // Without a turn of the event loop once the parts are there: this is the hot path.
  const withParts = (use: (parts: Parts) => void): void => {
    if (parts) use(parts);
    else void ready.then(use);
  };

  const dispatch = (req: IncomingMessage, res: ServerResponse, expectsContinue: boolean): void =>
    withParts(({ capturePath, live, pages, runtime, setSecurityHeaders, nameCaller, door }) => {
      if (capturePath.handle(req, res, { expectsContinue })) return;
      if (expectsContinue) res.writeContinue();
      req.url = validEscapes(req.url ?? "");
      setSecurityHeaders(req, res);
      nameCaller(req);
      if (answerHealth(req, res, runtime)) return;
      if (live.isLive(req)) return door.note(req, () => live.handle(req, res));
      door.enter(req, res, (status) => {
        if (status !== undefined) setPageStatus(res, status);
        if (isLink(req)) void answerGone(req, res, runtime).then(() => pages.handle(req, res));
        else pages.handle(req, res);
      });
    });

  const server = createServer(HTTP_SERVER_OPTIONS);
  server.maxHeadersCount = MAX_HEADERS_COUNT;
  server.on("request", (req, res) => dispatch(req, res, false));
  server.on("checkContinue", (req, res) => dispatch(req, res, true));
  // RFC 9110 10.1.1: an expectation that we do not know is not held against a capture.
  server.on("checkExpectation", (req, res) => dispatch(req, res, false));
  server.on("clientError", (error, socket) =>
    withParts(({ oddRequests }) => oddRequests.onClientError(error, socket)),
  );
  server.on("connect", (req, socket, head) =>
    withParts(({ oddRequests }) => oddRequests.onConnect(req, socket, head)),
  );
  server.on("upgrade", (req, socket, head) => {
    // Until somebody takes the connection over, its failure is nobody's.
    socket.on("error", () => socket.destroy());
    withParts(({ oddRequests, live, pages, door }) => {
      if (oddRequests.onUpgrade(req, socket, head)) return;
      if (live.isLive(req)) return door.note(req, () => live.onUpgrade(req, socket, head));
      if (pages.onUpgrade) pages.onUpgrade(req, socket, head);
      else endWithProblem(socket, "not_found", "Nothing here switches protocols.");
    });
  });
  return server;
}
