// npm start: builds what is missing or stale, then becomes the server.
import { buildIfStale } from "./build.mjs";

Object.assign(process.env, { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" });
await buildIfStale();
await import(new URL("../../dist/server.js", import.meta.url).href);
