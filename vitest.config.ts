import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: [
      "lib/**/*.test.ts",
      "components/**/*.test.{ts,tsx}",
      "app/**/*.test.ts",
      "bench/**/*.test.ts",
    ],
    globalSetup: ["lib/testing/global-setup.ts"],
    // Two cores: more files at once only make each other slow.
    maxWorkers: 2,
    testTimeout: 60_000,
    // What a poll waits for must come; how soon is no test's business.
    expect: { poll: { timeout: 30_000, interval: 25 } },
    hookTimeout: 120_000,
  },
});
