// Builds what `npm start` runs: Prisma's clients, Next's pages, and the server's bundle in dist.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { projectRoot } from "./project-root.mjs";

const root = projectRoot(import.meta.url);
const stampFile = join(root, "dist", "built-from");
const require = createRequire(import.meta.url);

const SOURCES = [
  "app",
  "components",
  "lib",
  "prisma",
  "public",
  "server.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesBelow(path) {
  if (!existsSync(join(root, path))) return [];
  if (/\.[a-z]+$/.test(path)) return [path];
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter((entry) => entry.name !== "generated" && !/\.test\.tsx?$/.test(entry.name))
    .flatMap((entry) => {
      const child = `${path}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(child) : [child];
    });
}

/** A hash over everything that the build reads, and the Node that native modules were built for. */
function sourcesHash() {
  const hash = createHash("sha256").update(process.version);
  for (const file of SOURCES.flatMap(filesBelow).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest("hex");
}

async function bundleServer() {
  const { build } = await import("esbuild");
  await build({
    absWorkingDir: root,
    entryPoints: {
      server: "server.ts",
      "writer-thread": "lib/store/writer-thread.ts",
      "search-thread": "lib/store/search-thread.ts",
      "redaction-thread": "lib/access/redaction/redaction-thread.ts",
    },
    outdir: "dist",
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    // Shared and lazy code in chunks of its own: only the database in use is loaded.
    splitting: true,
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  });
}

function buildPages() {
  const result = spawnSync(process.execPath, [require.resolve("next/dist/bin/next"), "build"], {
    cwd: root,
    stdio: ["ignore", process.stderr, process.stderr],
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
  });
  if (result.status !== 0) throw new Error("the pages could not be built");
}

/** Builds when a source changed since the last build; otherwise takes some milliseconds. */
export async function buildIfStale() {
  const hash = sourcesHash();
  const isFresh =
    existsSync(stampFile) &&
    existsSync(join(root, ".next/BUILD_ID")) &&
    existsSync(join(root, "lib/store/generated/postgresql/client.ts")) &&
    readFileSync(stampFile, "utf8") === hash;
  if (isFresh) return;
  process.stderr.write("Building Inlet. This takes a minute; the next start will not need it.\n");
  rmSync(join(root, "dist"), { recursive: true, force: true });
  const { generateClients } = await import("./generate.mjs");
  generateClients();
  buildPages();
  const { compressFiles } = await import("./compress-files.mjs");
  await compressFiles(join(root, ".next/static"));
  await bundleServer();
  mkdirSync(join(root, "dist"), { recursive: true });
  writeFileSync(stampFile, hash);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildIfStale();
