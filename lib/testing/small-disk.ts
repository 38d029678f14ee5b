import { execFileSync } from "node:child_process";
import { newFolder } from "./databases.ts";

export type SmallDisk = {
  folder: string;
  /** Makes room, for whoever has files open too. */
  grow(): void;
  remove(): void;
};

/** A file system of its own of so many MiB. Needs Linux and the right to mount. */
export async function mountSmallDisk(mebibytes: number): Promise<SmallDisk> {
  const folder = await newFolder();
  const mount = (...args: string[]) => execFileSync("mount", [...args, folder], { stdio: "pipe" });
  mount("-t", "tmpfs", "-o", `size=${mebibytes}m`, "inlet-test");
  return {
    folder,
    grow: () => void mount("-o", `remount,size=${mebibytes * 8}m`),
    remove: () => void execFileSync("umount", [folder], { stdio: "pipe" }),
  };
}

/**
 * The same for a process that may not mount: no file of the process `pid` grows beyond the limit.
 * Needs Linux.
 */
export function limitFileSize(pid: number, mebibytes: number | "unlimited"): void {
  const limit = mebibytes === "unlimited" ? mebibytes : String(mebibytes * 1024 * 1024);
  execFileSync("prlimit", ["--pid", String(pid), `--fsize=${limit}:`], { stdio: "pipe" });
}
