import type { IncomingMessage, ServerResponse } from "node:http";
import type { CaptureProblem } from "../contract/capture.ts";
import type { NewCapture } from "../contract/new-capture.ts";
import { answers, type TooMany } from "./answer.ts";
import { type BinCache, binCache, type CachedBin, type LoadBin } from "./bin-cache.ts";
import { type Append, type CommitResult, groupCommit } from "./group-commit.ts";
import { type CaptureMatch, matchCapture } from "./match.ts";
import { CAPTURE_OVERHEAD_BYTES, memoryBudget } from "./memory-budget.ts";
import { type BodyResult, readBody } from "./read-body.ts";
import { EMPTY, type RecordOptions, recordHead } from "./record.ts";
import { isPreflight } from "./reply.ts";
import { compileAnswer, type TargetAnswer } from "./target-answer.ts";

/** What to answer to one more capture of a bin from an address; null when it may come. */
export type Admit = (
  bin: Pick<CachedBin, "id" | "workspaceId">,
  address: string | null,
) => Promise<TooMany | null>;

export type CaptureOptions = RecordOptions & {
  /** `.hooks.example.com`; null without `CAPTURE_HOST`. */
  hostSuffix: string | null;
  maxBodyBytes: number;
  /** All captures that are being read or wait to be written take this much at most. */
  memoryBytes: number;
  loadBin: LoadBin;
  append: Append;
  /** What the sender is to be answered; resolves with null for the bin's own reply. Never rejects. */
  targetAnswer(binId: string, captureId: string): Promise<TargetAnswer | null> | null;
  /** Null where nothing is limited. */
  admit: Admit | null;
  /** After the reply is on its way: the capture is on the disk. */
  onCommitted: (capture: NewCapture, seq: number) => void;
  onError: (error: unknown) => void;
};

export type HandleOptions = {
  expectsContinue?: boolean;
  /** Known before the body is read. */
  problem?: CaptureProblem;
};

/** A request that is on its way in: what the connection's end or a parse error has to tell. */
export type Exchange = {
  req: IncomingMessage;
  res: ServerResponse;
  /** Ends the reading of the body, after `rest`; false when it was over. */
  interrupt(problem: CaptureProblem, detail: string, rest?: Uint8Array): boolean;
};

export type CapturePath = {
  /** True when the request is a capture's, which then is answered here. */
  handle(req: IncomingMessage, res: ServerResponse, options?: HandleOptions): boolean;
  match(req: IncomingMessage, target?: string): CaptureMatch | null;
  /** The newest exchange of a connection. */
  exchangeOf(socket: object): Exchange | undefined;
  /** Where the newest request of a connection waits for its bin: settles when it does no more. */
  lookupOf(socket: object): Promise<void> | undefined;
  bins: BinCache;
  admit: Admit | null;
  /** For captures that came as no ordinary request. */
  commit(capture: NewCapture, done: (result: CommitResult) => void): void;
  /** Resolves when every request that was accepted is stored and answered. */
  drain(): Promise<void>;
};

export function createCapturePath(options: CaptureOptions): CapturePath {
  const { hostSuffix, maxBodyBytes } = options;
  const answer = answers(maxBodyBytes);
  const budget = memoryBudget(options.memoryBytes);
  const bins = binCache(options.loadBin);
  const onCommitted = (capture: NewCapture, seq: number): void => {
    options.onCommitted(capture, seq);
    // Its exchange is kept as long as its connection, which may idle: the body must not be.
    capture.body = EMPTY;
  };
  const commits = groupCommit(options.append, onCommitted, options.onError);
  const exchanges = new WeakMap<object, Exchange>();
  const lookups = new WeakMap<object, Promise<void>>();
  let open = 0;
  let drained: (() => void)[] = [];

  const closeExchange = (): void => {
    open -= 1;
    if (open === 0) {
      for (const resolve of drained) resolve();
      drained = [];
    }
  };

  const match = (req: IncomingMessage, target = req.url!): CaptureMatch | null =>
    matchCapture(target, () => req.headers.host, hostSuffix);

  const start = (
    req: IncomingMessage,
    res: ServerResponse,
    target: CaptureMatch & { binId: string },
    bin: CachedBin,
    capture: NewCapture,
    { expectsContinue, problem }: HandleOptions,
  ): void => {
    const startedAt = performance.now();
    let reserved = CAPTURE_OVERHEAD_BYTES + Math.min(capture.declaredSize ?? 0, maxBodyBytes);
    if (!budget.reserve(reserved)) return answer.notNow(req, res);
    open += 1;

    const reserve = (bodyBytes: number): boolean => {
      const more = CAPTURE_OVERHEAD_BYTES + bodyBytes - reserved;
      if (more <= 0) return true;
      if (!budget.reserve(more)) return false;
      reserved += more;
      return true;
    };

    const answerStored = (): void => {
      const stored = { req, res, capture, reply: bin.reply, isSandboxed: !target.ownHost };
      const asked = capture.problem === null ? options.targetAnswer(bin.id, capture.id) : null;
      if (!asked || isPreflight(req)) return answer.stored(stored, closeExchange);
      void asked.then((found) => {
        const reply = (found && compileAnswer(found)) ?? bin.reply;
        answer.stored({ ...stored, reply }, closeExchange);
      });
    };

    const store = (body: Uint8Array): void => {
      capture.body = body;
      capture.rawTrailers = req.rawTrailers;
      capture.readMs = Math.round(performance.now() - startedAt);
      commits.add(capture, (result) => {
        budget.release(reserved);
        if (typeof result === "object") {
          return answerStored();
        }
        capture.body = EMPTY;
        if (result === "bin_gone") {
          bins.invalidate(bin.id);
          answer.unknownBin(req, res);
        } else answer.notNow(req, res);
        closeExchange();
      });
    };

    const onBody = (result: BodyResult): void => {
      if (result.outcome === "no_memory") {
        budget.release(reserved);
        answer.notNow(req, res);
        return closeExchange();
      }
      if (result.outcome === "truncated") {
        capture.truncated = true;
        capture.problem = "truncated";
      } else capture.problem = result.outcome === "aborted" ? "aborted" : (problem ?? null);
      store(result.body);
    };

    let isReading = true;
    const reader = readBody(req, maxBodyBytes, reserve, (result) => {
      isReading = false;
      onBody(result);
    });
    const exchange: Exchange = {
      req,
      res,
      interrupt(reason, detail, rest = EMPTY) {
        if (!isReading || req.complete) return false;
        isReading = false;
        capture.problem = reason;
        capture.problemDetail = detail;
        const body = reader.stop();
        const more = rest.subarray(0, maxBodyBytes - body.byteLength);
        store(more.byteLength > 0 ? Buffer.concat([body, more]) : body);
        return true;
      },
    };
    exchanges.set(req.socket, exchange);
    if (expectsContinue) res.writeContinue();
    // It went away while its bin was looked up, and no event will come.
    if (req.destroyed && !req.complete) exchange.interrupt("aborted", "ECONNRESET");
  };

  const { admit } = options;
  const begin = (
    req: IncomingMessage,
    res: ServerResponse,
    target: CaptureMatch & { binId: string },
    bin: CachedBin | null,
    handleOptions: HandleOptions,
  ): void | Promise<void> => {
    if (bin === null) return answer.unknownBin(req, res);
    const capture = recordHead(req, target, options);
    if (!admit) return start(req, res, target, bin, capture, handleOptions);
    return admit(bin, capture.remoteIp).then((tooMany) => {
      if (tooMany) answer.tooMany(req, res, tooMany);
      else start(req, res, target, bin, capture, handleOptions);
    });
  };

  return {
    handle(req, res, handleOptions = {}) {
      const target = match(req);
      if (target === null) return false;
      const { binId } = target;
      if (binId === null) {
        answer.unknownBin(req, res);
        return true;
      }
      const found = { ...target, binId };
      const bin = bins.get(binId);
      if (bin instanceof Promise || admit) {
        const lookup = Promise.resolve(bin)
          .then((loaded) => begin(req, res, found, loaded, handleOptions))
          .catch((error) => {
            options.onError(error);
            answer.notNow(req, res);
          });
        lookups.set(req.socket, lookup);
      } else void begin(req, res, found, bin, handleOptions);
      return true;
    },
    match,
    exchangeOf: (socket) => exchanges.get(socket),
    lookupOf: (socket) => lookups.get(socket),
    bins,
    admit,
    commit: commits.add,
    async drain() {
      answer.hurry();
      if (open > 0) await new Promise<void>((resolve) => drained.push(resolve));
      await commits.settled();
    },
  };
}
