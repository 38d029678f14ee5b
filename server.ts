import { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import next from "next";
import { projectRoot } from "./lib/build/project-root.mjs";
import { compose } from "./lib/compose.ts";
import { compressedFiles } from "./lib/compressed-files.ts";
import { type Env, EnvError, readEnv } from "./lib/env.ts";
import { createHttpServer, type Pages, type Parts } from "./lib/http-server.ts";
import { createLog } from "./lib/log.ts";
import { registerRuntime } from "./lib/runtime.ts";
import { stopOnSignal } from "./lib/shutdown.ts";

function cannotStart(reason: string): never {
  process.stderr.write(`Inlet cannot start: ${reason}.\n`);
  process.exit(1);
}

function settings(): Env {
  try {
    return readEnv();
  } catch (error) {
    if (error instanceof EnvError) cannotStart(error.message);
    throw error;
  }
}

async function preparePages(env: Env): Promise<Pages> {
  const isDevelopment = env.NODE_ENV === "development";
  const root = projectRoot(import.meta.url);
  // Next attaches itself to the `upgrade` event of the server that it is told of. Not to ours:
  // captures and Socket.IO come first, and in production Next has nothing to upgrade.
  const upgrades = new Server();
  const app = next({
    dev: isDevelopment,
    dir: root,
    hostname: env.HOST,
    port: env.PORT,
    httpServer: upgrades,
  });
  await app.prepare();
  const handle = app.getRequestHandler();
  return {
    handle: isDevelopment
      ? handle
      : compressedFiles({
          urlPrefix: "/_next/static/",
          folder: join(root, ".next/static"),
          otherwise: handle,
        }),
    onUpgrade: isDevelopment
      ? (req, socket, head) => void upgrades.emit("upgrade", req, socket, head)
      : null,
  };
}

function listen(server: Server, env: Env): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(env.PORT, env.HOST, () => {
      server.off("error", reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Where people reach this server, as far as it can tell by itself. */
function guessPublicUrl(env: Env, port: number): string {
  const isEverywhere = ["127.0.0.1", "::1", "0.0.0.0", "::"].includes(env.HOST);
  const host = isEverywhere ? "localhost" : env.HOST.includes(":") ? `[${env.HOST}]` : env.HOST;
  return new URL(`http://${host}:${port}`).origin;
}

async function boot(env: Env): Promise<void> {
  const log = createLog(env.LOG_LEVEL);
  let setReady: (parts: Parts) => void = () => {};
  const ready = new Promise<Parts>((resolve) => {
    setReady = resolve;
  });
  const server = createHttpServer(ready);
  const port = await listen(server, env).catch((error: NodeJS.ErrnoException) =>
    cannotStart(
      error.code === "EADDRINUSE"
        ? `PORT ${env.PORT} is in use on ${env.HOST}`
        : `HOST ${env.HOST}, PORT ${env.PORT}: ${error.message}`,
    ),
  );
  const publicUrl = env.PUBLIC_URL ?? guessPublicUrl(env, port);
  const [composition, pages] = await Promise.all([
    compose(env, log, publicUrl).catch((error) => {
      log.error({ err: error }, "the database cannot be opened");
      return cannotStart("DATABASE_URL cannot be opened");
    }),
    preparePages(env),
  ]);
  registerRuntime(composition.runtime);
  stopOnSignal({ server, log, composition });
  setReady({ ...composition, pages });
  log.info({ url: publicUrl, host: env.HOST, port }, `Inlet is ready at ${publicUrl}`);
}

await boot(settings());
