// npm test: everything that has to hold, then one line that counts it.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildIfStale } from "./build.mjs";
import { findChromium } from "./chromium.mjs";
import { projectRoot } from "./project-root.mjs";

const root = projectRoot(import.meta.url);
const reports = join(root, "test-results");

/** @type {{ passed: number, failed: number, skipped: number }} */
const total = { passed: 0, failed: 0, skipped: 0 };

/**
 * The script behind a command of a package.
 *
 * @param {string} name
 * @param {string} command
 */
function command(name, command) {
  const folder = join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  return join(folder, typeof bin === "string" ? bin : bin[command]);
}

/**
 * @param {string} name
 * @param {string} script
 * @param {string[]} args
 * @param {Record<string, string>} [env]
 */
function run(name, script, args, env = {}) {
  process.stdout.write(`\n> ${name}\n`);
  const result = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  return result.status === 0;
}

/**
 * A check without tests of its own counts as one.
 *
 * @param {boolean} ok
 */
function countCheck(ok) {
  if (ok) total.passed += 1;
  else total.failed += 1;
}

/**
 * What a runner's report says. One that failed without a failed test, or left no report, is a
 * failure all the same.
 *
 * @param {string} file
 * @param {boolean} ok
 * @param {(report: any) => { passed: number, failed: number, skipped: number }} read
 */
function countReport(file, ok, read) {
  try {
    const { passed, failed, skipped } = read(JSON.parse(readFileSync(file, "utf8")));
    total.passed += passed;
    total.skipped += skipped;
    total.failed += failed > 0 || ok ? failed : 1;
  } catch {
    total.failed += 1;
  }
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
await buildIfStale();

countCheck(run("format and lint", command("@biomejs/biome", "biome"), ["ci", "."]));
countCheck(run("types", command("typescript", "tsc"), ["--noEmit"]));

const unit = join(reports, "vitest.json");
const unitOk = run("unit, contract and conformance tests", command("vitest", "vitest"), [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${unit}`,
]);
countReport(unit, unitOk, (report) => ({
  passed: report.numPassedTests,
  failed: report.numFailedTests,
  skipped: report.numPendingTests + report.numTodoTests,
}));

const browser = join(reports, "playwright.json");
try {
  const chromium = findChromium();
  const browserOk = run("browser tests", command("@playwright/test", "playwright"), ["test"], {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: browser,
  });
  countReport(browser, browserOk, ({ stats }) => ({
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky,
    skipped: stats.skipped,
  }));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  total.failed += 1;
}

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exit(total.failed > 0 ? 1 : 0);
