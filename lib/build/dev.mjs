// npm run dev: the server from its sources, pages rebuilt as they change.
import { register } from "tsx/esm/api";
import { generateClients } from "./generate.mjs";

Object.assign(process.env, { NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" });
generateClients();
register();
await import("../../server.ts");
