import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { createInterface } from "node:readline";
import { freePort } from "./postgres.ts";

export type TestRedis = {
  url: string;
  /** Ends the server as a crash would; `start` brings up an empty one at the same place. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** The server stands still with its connections open. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
};

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findInstalled(): string | undefined {
  if (process.env.REDIS_SERVER_PATH) return process.env.REDIS_SERVER_PATH;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.map((folder) => join(folder, "redis-server")).find(isExecutable);
}

/** Debian's package, where we may install it. */
function installFromDebian(): void {
  if (process.getuid?.() !== 0 || !isExecutable("/usr/bin/apt-get")) return;
  const options = { stdio: "ignore", timeout: 5 * 60 * 1000 } as const;
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "redis-server"], {
    ...options,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

function findRedis(): string {
  const installed = findInstalled();
  if (installed) return installed;
  installFromDebian();
  const added = findInstalled();
  if (added) return added;
  throw new Error(
    "The tests of shared limits need redis-server: install it (Debian: apt-get install redis-server) or set REDIS_SERVER_PATH.",
  );
}

/** A real Redis: one that is installed, else Debian's. It keeps nothing on the disk. */
export async function startRedis(): Promise<TestRedis> {
  const binary = findRedis();
  const folder = await mkdtemp(join(tmpdir(), "inlet-redis-"));
  const port = await freePort();
  let child: ChildProcess | undefined;

  const start = async (): Promise<void> => {
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--dir", folder];
    child = spawn(binary, [...args, "--save", "", "--appendonly", "no"], {
      stdio: ["ignore", "pipe", "ignore"],
    });
    const lines = createInterface({ input: child.stdout! });
    await new Promise<void>((ready, failed) => {
      lines.on("line", (line) => line.includes("Ready to accept connections") && ready());
      lines.once("close", () => failed(new Error("redis-server ended before it was ready")));
    });
  };
  const kill = async (): Promise<void> => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    freeze: () => void child?.kill("SIGSTOP"),
    thaw: () => void child?.kill("SIGCONT"),
    async stop() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
