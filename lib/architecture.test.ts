import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { projectRoot } from "./build/project-root.mjs";
import { exists, importsOf, type Source, sourcesBelow } from "./testing/imports.ts";

/** Modules of `lib` that wire the parts together. They know every part; no part knows them. */
const COMPOSITION = [
  "bins",
  "bulk-captures",
  "bulk-resends",
  "captures",
  "closed-instance",
  "compose",
  "compressed-files",
  "deletions",
  "exports",
  "found-points",
  "deliver",
  "deliveries",
  "forward-rules",
  "device-links",
  "gone-status",
  "health",
  "http-server",
  "instance-limits",
  "outbound-settings",
  "page-status",
  "present-bulk-resend",
  "read-query",
  "security-headers",
  "sending",
  "shared-resend-admission",
  "shares",
  "shutdown",
  "tokens",
  "valid-escapes",
  "workspaces",
];

const PARTS = [
  "contract",
  "errors",
  "limits",
  "search",
  "store",
  "capture",
  "live",
  "outbound",
  "bulk",
  "access",
  "export",
  "forwarding",
];

/**
 * Who may import whom, besides itself. A layer is a folder of `lib`, a single module of
 * `lib`, or a folder of the project. `build/project-root` is one file of `build`.
 */
const ALLOWED: Record<string, readonly string[]> = {
  contract: [],
  errors: ["contract"],
  export: ["contract"],
  // What differs between two messages: pure, in a worker of the browser.
  compare: ["contract"],
  // The query language: pure, the same in the browser and on the server.
  search: ["contract"],
  store: ["contract", "errors", "search", "build/project-root"],
  capture: ["contract", "errors"],
  live: ["contract", "errors"],
  outbound: ["contract", "errors"],
  // The pace and order of many sendings: what is sent and kept is handed in.
  bulk: ["contract"],
  access: ["contract", "errors"],
  // Between the captures that are stored and the sender: it takes both as ports, and their types.
  forwarding: ["contract", "search", "store", "capture", "outbound"],
  limits: ["contract", "errors"],
  env: ["contract"],
  log: [],
  // The interfaces that routes and pages see, which name a visitor.
  runtime: ["contract", "errors", "access"],
  composition: [...PARTS, "composition", "env", "runtime"],
  api: ["runtime", "contract", "errors", "search", "export", "access"],
  components: ["contract", "export", "search", "compare"],
  app: ["components", "runtime", "api", "contract", "export", "search", "errors", "access"],
  server: ["composition", "env", "log", "runtime", "build/project-root"],
  "build/project-root": [],
  build: ["build/project-root", "store", "testing"],
};

/** Where a package may be used besides tooling; one that is not named may be used anywhere. */
const PACKAGE_LAYERS: [RegExp, readonly string[]][] = [
  [/^@prisma\/|^prisma$|^pg$|^better-sqlite3$/, ["store"]],
  [/^next$/, ["app", "components", "server"]],
  [/^react(-dom)?$|^lucide-react$|^@base-ui\//, ["app", "components"]],
  [/^hono$|^@hono\//, ["api", "app"]],
  [/^openid-client$/, ["access"]],
  [/^socket\.io$|^engine\.io$/, ["live"]],
  [/^socket\.io-client$/, ["components"]],
];
const OWN_PACKAGES: Record<string, RegExp> = {
  contract: /^zod$/,
  export: /^$/,
  compare: /^diff$/,
  search: /^$/,
  errors: /^$/,
};

function layerOf(path: string): string {
  if (path === "server.ts") return "server";
  if (path === "lib/build/project-root.mjs") return "build/project-root";
  const [top, second] = path.split("/") as [string, string];
  if (top !== "lib") return top;
  const name = second.replace(/\.[a-z]+$/, "");
  return COMPOSITION.includes(name) && name !== second ? "composition" : name;
}

/** Tests and their helpers may use whatever shows that the product works. */
const isTesting = (path: string) => /\.test\.tsx?$|(^|\/)testing(\.ts$|\/)/.test(path);

function violations(source: Source): string[] {
  const layer = layerOf(source.path);
  const isTool = layer === "build" || isTesting(source.path);
  const allowed = ALLOWED[layer];
  if (!allowed && !isTool) return [`${source.path}: the layer "${layer}" has no rule`];
  return importsOf(source).flatMap((imported) => {
    if ("package" in imported) {
      const name = imported.package;
      if (isTool) return [];
      const own = OWN_PACKAGES[layer];
      const layers = PACKAGE_LAYERS.find(([pattern]) => pattern.test(name))?.[1];
      const isNodeInBrowser = layer === "components" && name.startsWith("node:");
      const isFine = (own ? own.test(name) : true) && (layers?.includes(layer) ?? true);
      return isFine && !isNodeInBrowser ? [] : [`${source.path} imports ${name}`];
    }
    const { file } = imported;
    if (!exists(file) && !file.includes("/generated/")) {
      return [`${source.path} imports ${file}, which is not there`];
    }
    const target = layerOf(file);
    // The one that starts the development server.
    const mayStart = source.path === "lib/build/dev.mjs";
    const isEntry = (target === "server" && !mayStart) || (target === "app" && layer !== "app");
    const isGenerated = file.includes("/generated/") && layer !== "store";
    const isTestCode = isTesting(file) && !isTool;
    const isForeign = target !== layer && !isTool && !allowed?.includes(target);
    return isEntry || isGenerated || isTestCode || isForeign
      ? [`${source.path} imports ${file}`]
      : [];
  });
}

const sources = ["lib", "app", "components", "server.ts"].flatMap(sourcesBelow);

test("every import follows the design's arrows", () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap(violations)).toEqual([]);
});

describe("a forbidden import is found", () => {
  test.each([
    ["lib/store/bins.ts", 'import { x } from "../capture/capture.ts";'],
    ["lib/store/bins.ts", 'import type { X } from "../live/live.ts";'],
    ["lib/capture/reply.ts", 'export * from "#lib/store/store.ts";'],
    ["lib/capture/reply.ts", 'const x = await import("../compose.ts");'],
    ["lib/capture/reply.ts", 'type X = import("../env.ts").Env;'],
    ["lib/live/live.ts", 'import { PrismaClient } from "@prisma/client";'],
    ["lib/bins.ts", 'import type { PrismaClient } from "./store/generated/sqlite/client.ts";'],
    ["lib/contract/bin.ts", 'import { nanoid } from "nanoid";'],
    ["lib/contract/bin.ts", 'import { AppError } from "../errors.ts";'],
    ["lib/api/bins.ts", 'import { openStore } from "#lib/store/store.ts";'],
    ["lib/export/curl.ts", 'import { readFile } from "node:fs";'],
    ["lib/captures.ts", 'import page from "../app/page.tsx";'],
    ["lib/bins.ts", 'import "../server.ts";'],
    ["lib/compose.ts", 'import { startServer } from "./testing/server.ts";'],
    ["lib/compose.ts", 'import { createApi } from "./api/app.ts";'],
    ["components/x.tsx", 'import { readFile } from "node:fs";'],
    ["components/x.tsx", 'import { getRuntime } from "#lib/runtime.ts";'],
    ["app/x.tsx", 'import { openStore } from "#lib/store/store.ts";'],
    ["app/x.tsx", 'import { x } from "#lib/nowhere.ts";'],
    ["lib/newfolder/x.ts", 'import { z } from "zod";'],
    ["lib/newmodule.ts", ""],
  ])("%s: %s", (path, text) => {
    expect(violations({ path, text })).toHaveLength(1);
  });
});

test("there are no barrels: no index files, no module that only passes others on", () => {
  const indexes = sources.filter(({ path }) => /^index\./.test(basename(path)));
  const passingOn = sources.filter(({ text }) => {
    const code = text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "").trim();
    return code !== "" && code.replace(/export [^;]* from "[^"]+";/g, "").trim() === "";
  });
  expect([...indexes, ...passingOn].map(({ path }) => path)).toEqual([]);
});

describe("the environment is read in lib/env.ts alone", () => {
  const readsEnvironment = /\bprocess\s*(\?\.|\.)\s*env\b|process\[|from "(node:)?process"/;
  const tools = /^lib\/build\//;

  test("by every module of the product", () => {
    const readers = sources.filter(
      ({ path, text }) => !isTesting(path) && !tools.test(path) && readsEnvironment.test(text),
    );
    expect(readers.map(({ path }) => path)).toEqual(["lib/env.ts"]);
  });

  test("and the linter says so while one types", () => {
    type Rules = { style?: { noProcessEnv?: string } };
    const config = JSON.parse(
      readFileSync(join(projectRoot(import.meta.url), "biome.json"), "utf8"),
    ) as {
      linter: { rules: Rules };
      overrides: { includes: string[]; linter?: { rules: Rules } }[];
    };
    expect(config.linter.rules.style?.noProcessEnv).toBe("error");
    const exempt = config.overrides.flatMap((override) =>
      override.linter?.rules.style?.noProcessEnv === "off" ? override.includes : [],
    );
    const product = exempt.filter((pattern) => /^(lib|app|components|server)/.test(pattern));
    expect(product.sort()).toEqual(["lib/build/**", "lib/env.ts", "lib/testing/**"]);
  });
});
