import type { Database } from "./database-url.ts";
import type { CaptureRow, Inserted } from "./insert-captures.ts";
import type { WriteName } from "./writes.ts";

export type WriterData = { database: Database };

export type WriterRequest =
  | {
      id: number;
      kind: "append";
      rows: CaptureRow[];
      /** All bodies in one block, which is handed over, not copied. */
      bodies: ArrayBuffer;
      sizes: number[];
    }
  | { id: number; kind: "write"; name: WriteName; args: unknown[] }
  | { id: number; kind: "close" };

/** For a batch: what became of each row, by index. A row that alone failed is in `failed`. */
export type Appended = Inserted & { failed: number[] };

export type WriterAnswer =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; message: string };
