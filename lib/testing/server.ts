import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { projectRoot } from "../build/project-root.mjs";
import type { Bin, CreateBin, CreatedBin } from "../contract/bin.ts";
import type { Capture, CapturePage } from "../contract/capture.ts";

export type TestServer = {
  /** Of the loopback address, whatever the server is called. */
  url: string;
  /** The address that it gives to people. */
  publicUrl: string;
  port: number;
  pid: number;
  /** Every line of the log so far. */
  log: string[];
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** A new bin in a new workspace, with a client that holds its token. */
  createBin(input?: CreateBin): Promise<TestBin>;
};

export type TestBin = Bin & {
  token: string;
  /** Calls the API with the bin's token. */
  api(path: string, init?: RequestInit): Promise<Response>;
  get(): Promise<Bin>;
  page(query?: string): Promise<CapturePage>;
  /** Every capture that is stored, oldest first. */
  all(): Promise<CapturePage["captures"]>;
  capture(id: string): Promise<Capture>;
  body(id: string): Promise<Buffer>;
  http(id: string): Promise<Buffer>;
};

async function json<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

async function bytes(response: Response): Promise<Buffer> {
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
  return Buffer.from(await response.arrayBuffer());
}

/** A client of the API that acts with a token. */
export function binClient(url: string, bin: Bin, token: string): TestBin {
  const api = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/api/v1${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${token}` },
    });
  const page = async (query = "limit=200") =>
    json<CapturePage>(await api(`/bins/${bin.id}/captures?${query}`));
  return {
    ...bin,
    token,
    api,
    page,
    get: async () => json<Bin>(await api(`/bins/${bin.id}`)),
    async all() {
      const captures: CapturePage["captures"] = [];
      for (let hasMore = true; hasMore; ) {
        const next = await page(`limit=200&after=${captures.at(-1)?.seq ?? 0}`);
        captures.push(...next.captures);
        hasMore = next.hasMore;
      }
      return captures;
    },
    capture: async (id) => json<Capture>(await api(`/captures/${id}`)),
    body: async (id) => bytes(await api(`/captures/${id}/body`)),
    http: async (id) => bytes(await api(`/captures/${id}/http`)),
  };
}

async function waitForReady(child: ChildProcess, log: string[]): Promise<string> {
  const ready = new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      log.push(line);
      const url = /"url":"([^"]+)".*Inlet is ready/.exec(line)?.[1];
      if (url) resolve(url);
    });
    createInterface({ input: child.stderr! }).on("line", (line) => log.push(line));
    child.once("exit", (code) => reject(new Error(`exit ${code}\n${log.join("\n")}`)));
  });
  return ready;
}

/** The production build as a process of its own, on a free port and, by default, a new SQLite file. */
export async function startServer(env: Record<string, string> = {}): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), "inlet-server-"));
  // As `npm start` does, which builds first.
  const child = spawn(process.execPath, ["--max-semi-space-size=64", "dist/server.js"], {
    cwd: projectRoot(import.meta.url),
    env: {
      PATH: process.env.PATH,
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PORT: "0",
      DATABASE_URL: `file:${join(folder, "inlet.db")}`,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log: string[] = [];
  const publicUrl = await waitForReady(child, log);
  const started = log.map((line) => /"port":(\d+)/.exec(line)?.[1]).find(Boolean);
  const port = Number(started ?? new URL(publicUrl).port);
  const url = `http://127.0.0.1:${port}`;

  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await once(child, "exit");
    }
    await rm(folder, { recursive: true, force: true });
    return child.exitCode;
  };

  return {
    url,
    publicUrl,
    port,
    pid: child.pid!,
    log,
    stop: () => end("SIGTERM"),
    kill: async () => void (await end("SIGKILL")),
    async createBin(input = {}) {
      const response = await fetch(`${url}/api/v1/bins`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(input),
      });
      const { token, ...bin } = await json<CreatedBin>(response);
      return binClient(url, bin, token!);
    },
  };
}
