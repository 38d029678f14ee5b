import type { Server } from "node:http";
import type { Logger } from "pino";
import type { Composition } from "./compose.ts";

/** Uploads that are still coming after this are cut, and kept as far as they came. */
const DRAIN_MS = 6_000;
/** Before that, resends and forwards are ended, so that their outcome is stored and those who wait hear of it. */
const RESEND_END_MS = 1_000;
/** Whatever hangs, the process is gone before an orchestrator's patience of 10 seconds ends. */
const LAST_RESORT_MS = 9_000;

type StopOptions = {
  server: Server;
  log: Logger;
  composition: Pick<
    Composition,
    "capturePath" | "live" | "resends" | "bulk" | "forwarder" | "close"
  >;
};

/** On SIGTERM or SIGINT: stop accepting, finish what was accepted, close the database, exit 0. */
export function stopOnSignal({ server, log, composition }: StopOptions): void {
  const { capturePath, live, resends, bulk, forwarder, close } = composition;
  let isStopping = false;

  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    // Ctrl-C reaches npm and us, and npm passes it on: the second one is the same wish.
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
    server.close();
    await live.close();
    const resendMs = DRAIN_MS - RESEND_END_MS;
    const drained = Promise.all([
      capturePath.drain(),
      resends.drain(resendMs),
      bulk.drain(resendMs),
      forwarder.drain(resendMs),
    ]);
    await Promise.race([drained, new Promise((done) => setTimeout(done, DRAIN_MS).unref())]);
    server.closeAllConnections();
    await drained;
    await close();
    log.info("stopped");
    process.exit(0);
  };

  process.on("SIGTERM", (signal) => void stop(signal));
  process.on("SIGINT", (signal) => void stop(signal));
}
