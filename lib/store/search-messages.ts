import type { Database } from "./database-url.ts";
import type { CaptureSearch, FoundCaptures, FoundPoints } from "./search-captures.ts";

export type SearchThreadData = { database: Database };

/** What a request for each of them is answered with. */
export type Found = { captures: FoundCaptures; points: FoundPoints };

export type SearchRequest = CaptureSearch & { id: number; what: keyof Found };

export type SearchAnswer =
  | { id: number; ok: true; found: Found[keyof Found] }
  | { id: number; ok: false; message: string };
