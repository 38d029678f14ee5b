import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** The most memory that a process ever had, in bytes; where the system does not tell, what it has. */
export function peakMemory(pid: number): number {
  if (process.platform === "linux") {
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)![1]) * 1024;
  }
  return Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) * 1024;
}
