// npm run bench:ui [part…]: the production build in a real Chromium; prints machine and
// measurements as Markdown. Each part is a function of its own file.
import { cpus, release, totalmem } from "node:os";
import { chromium } from "@playwright/test";
import { buildIfStale } from "../lib/build/build.mjs";
import { findChromium } from "../lib/build/chromium.mjs";
import { startServer } from "../lib/testing/server.ts";
import { benchFirstLoad } from "./ui-first-load.ts";
import { benchJsonBody } from "./ui-json.ts";
import { benchList } from "./ui-list.ts";
import type { UiBench } from "./ui-setup.ts";

const PARTS: Record<string, (bench: UiBench) => Promise<void>> = {
  "first-load": benchFirstLoad,
  list: benchList,
  json: benchJsonBody,
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !(name in PARTS));
if (unknown !== undefined) {
  console.error(`There is no part "${unknown}". There are: ${Object.keys(PARTS).join(", ")}.`);
  process.exit(1);
}

await buildIfStale();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
});
const memory = Math.round(totalmem() / 2 ** 30);
console.log(`# Inlet in the browser, ${new Date().toISOString()}\n`);
console.log(
  `${cpus().length} cores (${cpus()[0]?.model}), ${memory} GiB, Linux ${release()}, Node ${process.version}, Chromium ${browser.version()}`,
);
try {
  for (const [name, run] of Object.entries(PARTS)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    // A server for each: what one part stored is not in another's way.
    const server = await startServer({ LOG_LEVEL: "info", MAX_CAPTURES_PER_BIN: "100000" });
    try {
      await run({ server, browser });
    } finally {
      await server.stop();
    }
  }
} finally {
  await browser.close();
}
process.exit(0);
