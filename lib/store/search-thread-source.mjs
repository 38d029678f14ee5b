// The search thread from its sources; see writer-thread-source.mjs.
import { register } from "tsx/esm/api";

register();
await import("./search-thread.ts");
