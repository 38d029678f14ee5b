import { basename } from "node:path";
import type { Page } from "@playwright/test";
import { openBench, openLive, type UiBench } from "./ui-setup.ts";

/** KiB of compressed JavaScript that the first load of a dashboard may take. */
const AIM_KIB = 250;

type Script = { name: string; transferred: number; encoding: string };

const kib = (bytes: number) => (bytes / 1024).toFixed(1);

/** What the network carried, of scripts alone, until nothing more is asked for. */
async function scriptsOf(page: Page, open: () => Promise<void>): Promise<Script[]> {
  const session = await page.context().newCDPSession(page);
  const scripts = new Map<string, Script>();
  await session.send("Network.enable");
  session.on("Network.responseReceived", ({ requestId, type, response }) => {
    const isScript = type === "Script" || /\.m?js(\?|$)/.test(response.url);
    if (!isScript) return;
    scripts.set(requestId, {
      name: basename(new URL(response.url).pathname),
      transferred: 0,
      encoding: response.headers["Content-Encoding"] ?? response.headers["content-encoding"] ?? "",
    });
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const script = scripts.get(requestId);
    if (script) script.transferred = encodedDataLength;
  });
  await open();
  await page.waitForLoadState("networkidle");
  return [...scripts.values()].sort((a, b) => b.transferred - a.transferred);
}

/** The JavaScript of a first load, with an empty cache and before anything is touched. */
export async function benchFirstLoad(bench: UiBench): Promise<void> {
  console.log("\n## JavaScript of a first load, as transferred, with the answers' headers\n");
  const { page, bin } = await openBench(bench);
  const sent = await fetch(`${bin.captureUrl}/orders`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ order: 1, items: ["a", "b"] }),
  });
  const id = sent.headers.get("inlet-capture");
  const storageState = await page.context().storageState();
  await page.context().close();
  for (const [name, query] of [
    ["dashboard", ""],
    ["dashboard with a JSON capture open", `?capture=${id}`],
  ] as const) {
    const context = await bench.browser.newContext({
      baseURL: bench.server.publicUrl,
      storageState,
    });
    const fresh = await context.newPage();
    const scripts = await scriptsOf(fresh, () => openLive(fresh, bin, query));
    const total = scripts.reduce((sum, { transferred }) => sum + transferred, 0);
    const encodings = [...new Set(scripts.map(({ encoding }) => encoding || "none"))].join(", ");
    console.log(
      `- **${name}: ${kib(total)} KiB in ${scripts.length} files** (aim: under ${AIM_KIB} KiB; encoding: ${encodings})`,
    );
    const largest = scripts
      .slice(0, 8)
      .map((script) => `${script.name} ${kib(script.transferred)}`);
    console.log(`  - largest, KiB: ${largest.join(", ")}`);
    await context.close();
  }
}
