// The redaction thread from its sources. Node 20 loads TypeScript in a worker only where the worker
// itself registers the loader: `--import tsx` among its arguments does nothing.
import { register } from "tsx/esm/api";

register();
await import("./redaction-thread.ts");
