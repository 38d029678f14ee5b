// npm test: everything that has to hold, then one line that counts it.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { buildIfStale } from "./build.mjs";
import { findChromium } from "./chromium.mjs";
import { projectRoot } from "./project-root.mjs";

const root = projectRoot(import.meta.url);
const reports = join(root, "test-results");

/** @type {{ passed: number, failed: number, skipped: number }} */
const total = { passed: 0, failed: 0, skipped: 0 };

/**
 * Said again at the end: what a thousand lines up went wrong is what the reader looks for.
 *
 * @type {string[]}
 */
const failures = [];

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
 * @param {string} what
 * @param {string} [why]
 */
function fail(what, why = "") {
  total.failed += 1;
  failures.push(why ? `${what}\n${why.replace(/^/gm, "    ")}` : what);
}

/**
 * A check without tests of its own counts as one.
 *
 * @param {string} name
 * @param {string} script
 * @param {string[]} args
 */
function check(name, script, args) {
  if (run(name, script, args)) total.passed += 1;
  else fail(name);
}

/** @typedef {{ passed: number, skipped: number, failed: { what: string, why: string }[] }} Report */

/**
 * What a runner's report says. A runner that failed without a failed test, or left no report, is a
 * failure all the same.
 *
 * @param {string} name
 * @param {string} file
 * @param {boolean} ok
 * @param {(report: any) => Report} read
 */
function countReport(name, file, ok, read) {
  try {
    const { passed, skipped, failed } = read(JSON.parse(readFileSync(file, "utf8")));
    total.passed += passed;
    total.skipped += skipped;
    for (const { what, why } of failed) fail(what, why);
    if (failed.length === 0 && !ok) fail(`${name}: failed, but for no test`);
  } catch (error) {
    fail(`${name}: no report`, String(error));
  }
}

/**
 * @param {any} report Vitest's JSON
 * @returns {Report}
 */
function readVitest({ numPassedTests, numPendingTests, numTodoTests, testResults }) {
  const failed = testResults.flatMap((/** @type {any} */ file) => {
    const name = relative(root, file.name);
    const tests = file.assertionResults.filter((/** @type {any} */ t) => t.status === "failed");
    // A file that could not be run at all has a message and no test.
    if (file.status === "failed" && tests.length === 0) return [{ what: name, why: file.message }];
    return tests.map((/** @type {any} */ { fullName, failureMessages }) => ({
      what: `${name} › ${fullName}`,
      why: failureMessages.join("\n"),
    }));
  });
  return { passed: numPassedTests, skipped: numPendingTests + numTodoTests, failed };
}

/**
 * Playwright's JSON. A test that passed only when it was tried again has failed.
 *
 * @param {any} report
 * @returns {Report}
 */
function readPlaywright({ stats, suites }) {
  /** @type {Report["failed"]} */
  const failed = [];
  const walk = (/** @type {any} */ suite) => {
    for (const { title, file, line, ok, tests } of suite.specs ?? []) {
      const isFlaky = tests.some((/** @type {any} */ { status }) => status === "flaky");
      if (ok && !isFlaky) continue;
      const errors = tests.flatMap((/** @type {any} */ { results }) =>
        results.flatMap((/** @type {any} */ result) => result.errors),
      );
      const why = errors.map((/** @type {any} */ { message }) => stripVTControlCharacters(message));
      failed.push({ what: `${file}:${line} › ${title}`, why: why.join("\n") });
    }
    for (const inner of suite.suites ?? []) walk(inner);
  };
  for (const suite of suites) walk(suite);
  return { passed: stats.expected, skipped: stats.skipped, failed };
}

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
await buildIfStale();

check("format and lint", command("@biomejs/biome", "biome"), ["ci", "."]);
check("types", command("typescript", "tsc"), ["--noEmit"]);

const unit = join(reports, "vitest.json");
const unitName = "unit, contract and conformance tests";
const unitOk = run(unitName, command("vitest", "vitest"), [
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${unit}`,
]);
countReport(unitName, unit, unitOk, readVitest);

const browser = join(reports, "playwright.json");
const browserName = "browser tests";
try {
  const chromium = findChromium();
  const browserOk = run(browserName, command("@playwright/test", "playwright"), ["test"], {
    CHROMIUM_PATH: chromium,
    PLAYWRIGHT_JSON_OUTPUT_FILE: browser,
  });
  countReport(browserName, browser, browserOk, readPlaywright);
} catch (error) {
  fail(browserName, error instanceof Error ? error.message : String(error));
}

if (failures.length > 0) process.stdout.write(`\nFailed:\n\n${failures.join("\n\n")}\n`);
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : "";
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exit(total.failed > 0 ? 1 : 0);
