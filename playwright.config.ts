import { defineConfig } from "@playwright/test";
import { findChromium } from "./lib/build/chromium.mjs";

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results/playwright",
  timeout: 60_000,
  // A test that passes at the second try is a defect to find, not to hide.
  retries: 0,
  workers: 1,
  reporter: [["list"], ["json", { outputFile: "test-results/playwright.json" }]],
  use: {
    viewport: { width: 1360, height: 850 },
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: findChromium(),
      args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update"],
    },
  },
});
