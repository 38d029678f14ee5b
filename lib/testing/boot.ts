import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { projectRoot } from "../build/project-root.mjs";

export type Boot = { code: number | null; stdout: string; stderr: string };

/** Runs the production build where it is expected to give up by itself. */
export async function bootAndFail(env: Record<string, string>): Promise<Boot> {
  const child = spawn(process.execPath, ["dist/server.js"], {
    cwd: projectRoot(import.meta.url),
    env: { PATH: process.env.PATH, NODE_ENV: "production", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit") as Promise<[number | null]>,
  ]);
  return { code, stdout, stderr };
}
