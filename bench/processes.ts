import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestBin, TestServer } from "../lib/testing/server.ts";

const here = import.meta.dirname;

export type Bare = { port: number; pid: number; stop(): void };

async function startScript(name: string, args: string[]): Promise<[ChildProcess, string]> {
  const child = spawn(process.execPath, [join(here, name), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  process.once("exit", () => child.kill());
  const [line] = (await once(child.stdout!, "data")) as [Buffer];
  return [child, line.toString()];
}

export async function startBare(): Promise<Bare> {
  const [child, port] = await startScript("bare-server.mjs", []);
  return { port: Number(port), pid: child.pid!, stop: () => void child.kill() };
}

/** A process that forwards go to. */
export async function startSink(): Promise<Bare> {
  const [child, port] = await startScript("sink-server.mjs", []);
  return { port: Number(port), pid: child.pid!, stop: () => void child.kill() };
}

/** A process that watches the bin as one browser does. */
export async function startWatcher(server: TestServer, bin: TestBin): Promise<() => void> {
  const [child] = await startScript("watcher.mjs", [server.url, bin.id, bin.token]);
  return () => void child.kill();
}

/** Peak resident memory in MiB, NaN where /proc is not. */
export function peakMemoryMiB(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1024);
  } catch {
    return Number.NaN;
  }
}

/** Microseconds of processor time that a process took so far, NaN where /proc is not. */
export function processorTime(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]!.split(" ");
    const ticks = Number(fields[11]) + Number(fields[12]);
    return (ticks * 1_000_000) / 100;
  } catch {
    return Number.NaN;
  }
}
