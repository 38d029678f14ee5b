// The search thread: reads and compares what could be gigabytes, beside the thread that serves.
import { parentPort, workerData } from "node:worker_threads";
import type { SqlDriverAdapter } from "@prisma/driver-adapter-utils";
import { adapterFactory } from "./connect.ts";
import { statement } from "./driver-transaction.ts";
import { type RunStatement, searchCaptures, searchPoints } from "./search-captures.ts";
import type { SearchAnswer, SearchRequest, SearchThreadData } from "./search-messages.ts";

const { database } = workerData as SearchThreadData;
const port = parentPort!;

let adapter: Promise<SqlDriverAdapter> | undefined;

async function connect(): Promise<SqlDriverAdapter> {
  const connected = await adapterFactory(database, "reader").connect();
  if (database.provider === "sqlite") {
    await connected.queryRaw(statement("PRAGMA query_only = ON"));
  }
  return connected;
}

const run: RunStatement = async (sql, args) => {
  adapter ??= connect();
  // A connection that could not be made is tried again by the next search.
  const connected = await adapter.catch((error) => {
    adapter = undefined;
    throw error;
  });
  const { rows } = await connected.queryRaw(statement(sql, args));
  // SQLite answers at once: let another search, or the end, have its turn.
  await new Promise((turn) => setImmediate(turn));
  return rows;
};

async function answer(request: SearchRequest): Promise<SearchAnswer> {
  try {
    const search = request.what === "points" ? searchPoints : searchCaptures;
    return { id: request.id, ok: true, found: await search(database.provider, run, request) };
  } catch (error) {
    return { id: request.id, ok: false, message: String(error) };
  }
}

port.on("message", async (request: SearchRequest | "close") => {
  if (request !== "close") return port.postMessage(await answer(request));
  await adapter?.then((connected) => connected.dispose()).catch(() => {});
  port.close();
});
