import { customAlphabet } from "nanoid";
import type { Visitor } from "./access/access.ts";
import type { Bin } from "./contract/bin.ts";
import { BIN_ID_ALPHABET, BIN_ID_LENGTH } from "./contract/ids.ts";
import { DEFAULT_REPLY, originWideHeaders, type Reply } from "./contract/reply.ts";
import { AppError, notFound, type Thing } from "./errors.ts";
import type { Bins } from "./runtime.ts";
import type { BinRecord } from "./store/records.ts";
import type { Store } from "./store/store.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
/** A visit is written down once in this time, not for every page that is looked at. */
const VISIT_RESOLUTION_MS = 60 * 60 * 1000;

const newBinId = customAlphabet(BIN_ID_ALPHABET, BIN_ID_LENGTH);

export type BinsOptions = {
  store: Pick<Store, "findBin" | "listBins" | "write">;
  publicUrl: string;
  /** `.hooks.example.com`; null without `CAPTURE_HOST`. */
  hostSuffix: string | null;
  binTtlDays: number;
  now: () => Date;
  onChanged(bin: Bin): void;
  onGone(binId: string): void;
};

/**
 * The bin, if it is the visitor's. Throws `not_found` for everything else, naming what was asked for
 * (`what`): it is looked for by the bin that it is in.
 */
export async function ownBin(
  store: Pick<Store, "findBin">,
  visitor: Visitor | null,
  binId: string,
  what: Thing = "bin",
): Promise<BinRecord> {
  const bin = visitor && (await store.findBin(binId));
  if (!bin || bin.workspaceId !== visitor.workspaceId) throw notFound(what);
  return bin;
}

export function createBins(options: BinsOptions): Bins {
  const { store, publicUrl, hostSuffix, now } = options;

  const captureUrl = (id: string): string => {
    if (hostSuffix === null) return `${publicUrl}/in/${id}`;
    const { protocol, port } = new URL(publicUrl);
    return `${protocol}//${id}${hostSuffix}${port ? `:${port}` : ""}`;
  };

  const present = (bin: BinRecord): Bin => {
    const lastUse = Math.max(bin.lastVisitAt.getTime(), bin.lastCaptureAt?.getTime() ?? 0);
    return {
      id: bin.id,
      name: bin.name,
      captureUrl: captureUrl(bin.id),
      dashboardUrl: `${publicUrl}/bins/${bin.id}`,
      captureCount: bin.captureCount,
      storedCount: bin.storedCount,
      createdAt: bin.createdAt.toISOString(),
      lastCaptureAt: bin.lastCaptureAt?.toISOString() ?? null,
      expiresAt: new Date(lastUse + options.binTtlDays * DAY_MS).toISOString(),
      reply: bin.reply ?? DEFAULT_REPLY,
    };
  };

  const checkReply = (reply: Reply | null | undefined): void => {
    if (!reply || hostSuffix !== null) return;
    const errors = originWideHeaders(reply).map(({ field, message }) => ({
      field: `reply.${field}`,
      message,
    }));
    if (errors.length === 0) return;
    throw new AppError("invalid_request", errors[0]!.message, { errors });
  };

  return {
    check: ({ reply }) => checkReply(reply),
    async create(visitor, { name = null, reply = null }) {
      checkReply(reply);
      const { workspaceId } = visitor;
      const createdAt = now();
      return present(
        await store.write("createBin", { id: newBinId(), workspaceId, name, reply, createdAt }),
      );
    },
    async list(visitor) {
      return (await store.listBins(visitor.workspaceId)).map(present);
    },
    async get(visitor, binId) {
      const bin = await ownBin(store, visitor, binId);
      if (now().getTime() - bin.lastVisitAt.getTime() < VISIT_RESOLUTION_MS) return present(bin);
      const lastVisitAt = now();
      await store.write("touchBin", binId, lastVisitAt);
      return present({ ...bin, lastVisitAt });
    },
    async update(visitor, binId, change) {
      await ownBin(store, visitor, binId);
      checkReply(change.reply);
      const updated = await store.write("updateBin", binId, change);
      if (!updated) throw notFound("bin");
      const bin = present(updated);
      options.onChanged(bin);
      return bin;
    },
    async delete(visitor, binId) {
      await ownBin(store, visitor, binId);
      await store.write("deleteBin", binId, now());
      options.onGone(binId);
    },
  };
}
