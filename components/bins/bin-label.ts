import type { Bin } from "#lib/contract/bin.ts";

/** What a bin is called: its name, else its id. */
export function binLabel(bin: Pick<Bin, "id" | "name">): string {
  return bin.name ?? bin.id;
}
