import type { Database } from "./database-url.ts";
import type { CaptureSearch, FoundCaptures } from "./search-captures.ts";

export type SearchThreadData = { database: Database };

export type SearchRequest = CaptureSearch & { id: number };

export type SearchAnswer =
  | { id: number; ok: true; found: FoundCaptures }
  | { id: number; ok: false; message: string };
