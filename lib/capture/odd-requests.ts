import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Socket } from "node:net";
import { type Duplex, finished } from "node:stream";
import type { CaptureProblem } from "../contract/capture.ts";
import type { NewCapture } from "../contract/new-capture.ts";
import type { ErrorCode } from "../contract/problem.ts";
import type { CapturePath } from "./capture.ts";
import { HTTP_SERVER_OPTIONS, MAX_HEADERS_COUNT } from "./http-options.ts";
import { findMalformed, recordMalformed } from "./malformed.ts";
import { withholdCookieLines } from "./own-cookie.ts";
import { endWithProblem } from "./raw-response.ts";
import { plainAddress, type RecordOptions, recordHead } from "./record.ts";
import { requestHead } from "./request-head.ts";

type ParserError = Error & {
  code?: string;
  reason?: string;
  bytesParsed?: number;
  rawPacket?: Buffer;
};

const UPGRADE_IDLE_MS = 30_000;

function problemOf(error: ParserError): CaptureProblem {
  if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") return "timeout";
  // The connection's end, whole or half, where the parser wanted more.
  if (error.code === "HPE_INVALID_EOF_STATE" || !error.code?.startsWith("HPE_")) return "aborted";
  return "malformed";
}

function answerTo(error: ParserError): [ErrorCode, string] {
  if (error.code === "ERR_HTTP_REQUEST_TIMEOUT") {
    return ["request_timeout", "The request did not arrive in time."];
  }
  if (error.code === "HPE_HEADER_OVERFLOW") {
    return [
      "headers_too_large",
      `All headers together may have ${HTTP_SERVER_OPTIONS.maxHeaderSize} bytes.`,
    ];
  }
  return ["invalid_request", `The request is not valid HTTP: ${error.reason ?? error.message}.`];
}

export type OddRequests = {
  /** For `clientError`: whatever went wrong on a connection before a request was complete. */
  onClientError(error: ParserError, socket: Duplex): void;
  /** For `upgrade`: true when it was a capture's. */
  onUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** For `connect`. */
  onConnect(req: IncomingMessage, socket: Duplex, head: Buffer): void;
};

type OddRequestOptions = RecordOptions & { hostSuffix: string | null; maxBodyBytes: number };

/** Requests that never become an ordinary one: nothing vanishes, each becomes a capture. */
export function oddRequests(path: CapturePath, options: OddRequestOptions): OddRequests {
  const commitAndEnd = async (
    capture: NewCapture,
    socket: Duplex,
    code: ErrorCode,
    detail: string,
  ): Promise<void> => {
    const bin = await Promise.resolve(path.bins.get(capture.binId)).catch(() => null);
    if (!bin) return endWithProblem(socket, code, detail);
    const tooMany = await path.admit?.(bin, capture.remoteIp);
    if (tooMany) return endWithProblem(socket, tooMany.code, tooMany.detail);
    path.commit(capture, (result) =>
      endWithProblem(
        socket,
        result === "failed" ? "unavailable" : code,
        detail,
        typeof result === "object" ? capture.id : undefined,
      ),
    );
  };

  const onMalformedHead = (error: ParserError, socket: Duplex): void => {
    const [code, detail] = answerTo(error);
    const found =
      error.rawPacket && findMalformed(error.rawPacket, error.bytesParsed ?? 0, options.hostSuffix);
    if (!found) return endWithProblem(socket, code, detail);
    const remoteIp = plainAddress((socket as Socket).remoteAddress);
    const isShared = !found.match.ownHost;
    const own = isShared ? withholdCookieLines(found.raw, options.ownCookies) : found.raw;
    const raw = own.subarray(0, options.maxBodyBytes);
    const what = `${error.code}: ${error.reason ?? error.message}`;
    void commitAndEnd(recordMalformed({ ...found, raw }, what, remoteIp), socket, code, detail);
  };

  /** Requests before it on this connection get their answers first. */
  const afterAnswers = (socket: Duplex, act: () => void): void => {
    const { res } = path.exchangeOf(socket) ?? {};
    if (res) finished(res, act);
    else act();
  };

  const afterLookup = (socket: Duplex, act: () => void): void => {
    const lookup = path.lookupOf(socket);
    if (lookup) void lookup.then(act);
    else act();
  };

  const endConnection = (error: ParserError, socket: Duplex): void => {
    const { rawPacket, bytesParsed } = error;
    // Only this error comes after a whole head and before any byte of the body.
    const isAfterHead = error.code === "HPE_INVALID_TRANSFER_ENCODING" && rawPacket;
    const rest = isAfterHead ? rawPacket.subarray(bytesParsed) : undefined;
    const exchange = path.exchangeOf(socket);
    if (exchange?.interrupt(problemOf(error), error.code ?? error.message, rest)) {
      if (!socket.writable) socket.destroy();
    } else if (error.code === "ECONNRESET" || !socket.writable) socket.destroy();
    else afterAnswers(socket, () => onMalformedHead(error, socket));
  };

  // The parser fails anew for every packet that follows, and means the same error.
  const ended = new WeakSet<Duplex>();
  const onClientError = (error: ParserError, socket: Duplex): void => {
    if (ended.has(socket)) return;
    ended.add(socket);
    afterLookup(socket, () => endConnection(error, socket));
  };

  // RFC 9110 7.8: a server may ignore Upgrade and answer as usual. Node hands an upgraded connection
  // over without its body, so the request is put back and read by a server that upgrades nothing.
  const plain: Server = createServer(HTTP_SERVER_OPTIONS, (req, res) => {
    path.handle(req, res, { problem: "upgrade" });
  });
  plain.maxHeadersCount = MAX_HEADERS_COUNT;
  plain.on("checkContinue", (req, res) => {
    path.handle(req, res, { problem: "upgrade", expectsContinue: true });
  });
  plain.on("clientError", onClientError);

  return {
    onClientError,
    onUpgrade(req, socket, head) {
      if (!path.match(req)) return false;
      (socket as Socket).setTimeout(UPGRADE_IDLE_MS, () => socket.destroy());
      // A response belongs to the server that read its request: two at once would never be sent.
      afterLookup(socket, () =>
        afterAnswers(socket, () => {
          socket.unshift(Buffer.concat([requestHead(req), head]));
          plain.emit("connection", socket);
        }),
      );
      return true;
    },
    onConnect(req, socket, head) {
      const detail = "Inlet opens no tunnels.";
      // RFC 9112 3.2.3: the target is an authority and nothing else.
      const target = path.match(req, `http://${req.url}/`) ?? path.match(req);
      const refuse = (capture?: NewCapture): void =>
        afterLookup(socket, () =>
          afterAnswers(socket, () => {
            if (capture) void commitAndEnd(capture, socket, "method_not_allowed", detail);
            else endWithProblem(socket, "method_not_allowed", detail);
          }),
        );
      if (!target?.binId) return refuse();
      const capture = recordHead(req, { ...target, binId: target.binId }, options);
      capture.problem = "connect";
      capture.body = head.subarray(0, options.maxBodyBytes);
      refuse(capture);
    },
  };
}
