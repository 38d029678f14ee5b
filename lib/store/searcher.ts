import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { AppError } from "../errors.ts";
import type { Database } from "./database-url.ts";
import type { CaptureSearch, FoundCaptures, FoundPoints } from "./search-captures.ts";
import type { Found, SearchAnswer, SearchRequest, SearchThreadData } from "./search-messages.ts";
import { createTurns } from "./turns.ts";

/** Searches at work at once, which take turns by steps; more waiting, of a bin or of all, and one is refused. */
const TURNS = { active: 4, perKey: 20, total: 200 };
/** A search ends after this with what it has found, and says where to go on. */
const BUDGET_MS = 1_000;

type Search = Omit<CaptureSearch, "budgetMs">;

export type Searcher = {
  search(search: Search): Promise<FoundCaptures>;
  /** The same, for what acts on or counts all matches. */
  points(search: Search): Promise<FoundPoints>;
  close(): Promise<void>;
};

type Pending = { resolve(found: Found[keyof Found]): void; reject(error: Error): void };

const unavailable = (message: string, cause?: string) =>
  new AppError("unavailable", message, { cause: cause && new Error(cause) });

function spawn(database: Database): Worker {
  const workerData: SearchThreadData = { database };
  const bundle = new URL("./search-thread.js", import.meta.url);
  if (existsSync(bundle)) return new Worker(bundle, { workerData });
  return new Worker(new URL("./search-thread-source.mjs", import.meta.url), { workerData });
}

/**
 * The search thread, from outside. It starts at the first search, and again at the next one after
 * it died: what it had not answered is rejected.
 */
export function startSearcher(database: Database): Searcher {
  const pending = new Map<number, Pending>();
  const turns = createTurns(TURNS);
  let lastId = 0;
  let worker: Worker | undefined;

  const start = (): Worker => {
    const started = spawn(database);
    const fail = (reason: string) => {
      if (worker !== started) return;
      worker = undefined;
      const lost = [...pending.values()];
      pending.clear();
      for (const { reject } of lost) reject(failed(reason));
    };
    started.on("message", (answer: SearchAnswer) => {
      const waiting = pending.get(answer.id);
      pending.delete(answer.id);
      if (answer.ok) waiting?.resolve(answer.found);
      else waiting?.reject(failed(answer.message));
    });
    started.on("error", (error) => fail(String(error)));
    started.on("exit", (code) => fail(`the search thread ended with code ${code}`));
    return started;
  };

  const failed = (reason: string) =>
    unavailable("The database did not answer the search. Try again in a moment.", reason);

  const ask = <What extends keyof Found>(what: What, search: Search): Promise<Found[What]> =>
    new Promise((resolve, reject) => {
      worker ??= start();
      const request: SearchRequest = { ...search, what, budgetMs: BUDGET_MS, id: ++lastId };
      pending.set(request.id, { resolve: (found) => resolve(found as Found[What]), reject });
      worker.postMessage(request);
    });

  const inTurn = async <What extends keyof Found>(what: What, search: Search) => {
    const turn = turns.take(search.binId);
    if (!turn) throw unavailable("Too many searches are waiting. Try again in a moment.");
    await turn;
    return ask(what, search).finally(() => turns.giveBack());
  };

  return {
    search: (search) => inTurn("captures", search),
    points: (search) => inTurn("points", search),
    async close() {
      if (!worker) return;
      const ended = new Promise((resolve) => worker!.once("exit", resolve));
      worker.postMessage("close");
      await ended;
    },
  };
}
