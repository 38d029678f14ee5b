import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findInstalled() {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable);
}

/** Debian's package, where we may install it. */
function installFromDebian() {
  const isDebianRoot = process.getuid?.() === 0 && isExecutable("/usr/bin/apt-get");
  if (!isDebianRoot) return;
  process.stderr.write("Installing Debian's chromium for the browser tests.\n");
  const options = { stdio: /** @type {const} */ ("ignore"), timeout: 15 * 60 * 1000 };
  spawnSync("apt-get", ["update", "-qq"], options);
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], {
    ...options,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

/**
 * The browser for the end-to-end tests: `CHROMIUM_PATH`, or one that is installed, else Debian's.
 *
 * @returns {string}
 * @throws Error with one line that says what to do
 */
export function findChromium() {
  const installed = findInstalled();
  if (installed) return installed;
  installFromDebian();
  const added = findInstalled();
  if (added) return added;
  throw new Error(
    "The browser tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.",
  );
}
