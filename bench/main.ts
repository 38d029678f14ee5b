// npm run bench: prints machine, raw rounds, medians and ratios as Markdown.
import { mkdtemp, rm } from "node:fs/promises";
import { cpus, release, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { buildIfStale } from "../lib/build/build.mjs";
import { createDatabase, startPostgres } from "../lib/testing/postgres.ts";
import { startServer } from "../lib/testing/server.ts";
import { benchBulk } from "./bulk.ts";
import { benchCapture } from "./capture.ts";
import { benchForwards } from "./forwards.ts";
import { benchLists } from "./lists.ts";
import { benchLive } from "./live.ts";
import { startBare } from "./processes.ts";
import { benchRedaction } from "./redaction.ts";
import { benchSearch } from "./search.ts";

const parts = new Set(process.argv.slice(2));
const wants = (part: string) => parts.size === 0 || parts.has(part);
const UNLIMITED = { MAX_CAPTURES_PER_BIN: "100000000", LOG_LEVEL: "info" };

await buildIfStale();
const memory = Math.round(totalmem() / 2 ** 30);
console.log(`# Inlet benchmark, ${new Date().toISOString()}\n`);
console.log(
  `${cpus().length} cores (${cpus()[0]?.model}), ${memory} GiB, Linux ${release()}, Node ${process.version}`,
);

const folder = await mkdtemp(join(tmpdir(), "inlet-bench-"));
const bare = await startBare();
const postgres = wants("postgresql") || wants("search") ? await startPostgres() : null;
try {
  if (wants("sqlite") || wants("live")) {
    const server = await startServer({ ...UNLIMITED, DATABASE_URL: `file:${folder}/bench.db` });
    if (wants("live")) await benchLive(server);
    if (wants("sqlite")) await benchCapture("SQLite, synchronous=FULL", server, bare);
    await server.stop();
  }
  if (wants("forwards")) {
    const server = await startServer({ ...UNLIMITED, DATABASE_URL: `file:${folder}/forwards.db` });
    await benchForwards("SQLite, synchronous=FULL", server);
    await server.stop();
  }
  if (wants("redaction")) await benchRedaction();
  if (wants("lists")) await benchLists("SQLite", `file:${folder}/lists.db`);
  if (wants("bulk")) {
    const server = await startServer({ ...UNLIMITED, DATABASE_URL: `file:${folder}/bulk.db` });
    await benchBulk(server);
    await server.stop();
  }
  if (wants("search")) {
    const server = await startServer({ ...UNLIMITED, DATABASE_URL: `file:${folder}/search.db` });
    await benchSearch("SQLite", server);
    await server.stop();
  }
  if (postgres && wants("search")) {
    const url = await createDatabase(postgres.adminUrl);
    const server = await startServer({ ...UNLIMITED, DATABASE_URL: url });
    await benchSearch("PostgreSQL", server);
    await server.stop();
  }
  if (postgres && wants("postgresql")) {
    const url = await createDatabase(postgres.adminUrl);
    const server = await startServer({ ...UNLIMITED, DATABASE_URL: url });
    await benchCapture("PostgreSQL, its defaults", server, bare);
    await server.stop();
    if (wants("lists")) await benchLists("PostgreSQL", await createDatabase(postgres.adminUrl));
  }
} finally {
  bare.stop();
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
}
process.exit(0);
