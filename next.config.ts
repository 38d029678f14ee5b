import type { NextConfig } from "next";

const config: NextConfig = {
  reactStrictMode: true,
  poweredByHeader: false,
  turbopack: {
    resolveAlias: { fs: { browser: "./components/types/no-file-system.ts" } },
  },
  // `npm test` checks the types of everything; a start should not wait for that, nor fail by a test's.
  typescript: { ignoreBuildErrors: true },
  // Browsers ask for this one too, at times, whatever icon a page names.
  rewrites: async () => [{ source: "/favicon.ico", destination: "/icon.svg" }],
};

export default config;
