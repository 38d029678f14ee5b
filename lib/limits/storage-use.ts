import { LRUCache } from "lru-cache";
import type { Storage } from "../contract/instance-limits.ts";

/** Another node stores and removes too. */
const CHECK_MS = 10_000;
const CHECK_ALL_MS = 15_000;
/** While there is no room: it should be seen soon that there is some, also when nobody sends. */
const CHECK_FULL_MS = 1_000;
const CHECK_FULL_MAX_MS = 60_000;
const MAX_WORKSPACES = 10_000;
const MAX_BINS = 100_000;

export type StorageUseOptions = {
  /** Null for no limit. */
  maxBytesPerWorkspace: number | null;
  maxBytes: number | null;
  loadWorkspace(workspaceId: string): Promise<{ binId: string; bytes: number }[]>;
  loadAll(): Promise<number>;
  /** Makes final what could still be undone, of one workspace or (null) of all. */
  makeRoom(workspaceId: string | null): Promise<void>;
  /** The use of a workspace has changed visibly, or has come to its limit, or back. */
  onChanged(binIds: Iterable<string>, storage: Storage): void;
  onError(error: unknown): void;
};

export type StorageUse = {
  /**
   * What stands in the way of one more capture, by what is in memory: asks the database nothing. So
   * captures that are underway when a limit is reached are still stored.
   */
  fullFor(bin: { id: string; workspaceId: string }): Storage["full"];
  /** The same, without looking it up again. */
  isFull(workspaceId: string): boolean;
  /** What a workspace has, by what is in memory where it is known. */
  get(workspaceId: string): Promise<Storage>;
  /** A transaction has left a bin with so many bytes. */
  note(binId: string, bytes: number): void;
  /** Something of a bin may have been removed. */
  lookAgain(binId: string): void;
  stop(): void;
};

type Workspace = {
  bins: Map<string, number>;
  bytes: number;
  checkedAt: number;
  checking: Promise<void> | null;
  /** As it was last told. */
  told: Storage;
  retry: NodeJS.Timeout | undefined;
  retryMs: number;
};

/** How much is stored, kept in memory from what each transaction says, and looked up now and then. */
export function storageUse(options: StorageUseOptions): StorageUse {
  const { maxBytesPerWorkspace, maxBytes, onError } = options;
  const workspaceOf = new LRUCache<string, string>({ max: MAX_BINS });
  const workspaces = new LRUCache<string, Workspace>({
    max: MAX_WORKSPACES,
    dispose: (workspace) => clearTimeout(workspace.retry),
  });
  const all = { bytes: 0, isFull: false };

  const fullOf = (workspace: Workspace): Storage["full"] => {
    if (all.isFull) return "instance";
    return maxBytesPerWorkspace !== null && workspace.bytes >= maxBytesPerWorkspace
      ? "workspace"
      : null;
  };

  const storageOf = (workspace: Workspace): Storage => ({
    usedBytes: workspace.bytes,
    limitBytes: maxBytesPerWorkspace,
    full: fullOf(workspace),
  });

  const tell = (workspace: Workspace): void => {
    const storage = storageOf(workspace);
    const { told } = workspace;
    const visible = (maxBytesPerWorkspace ?? Number.POSITIVE_INFINITY) / 100;
    if (storage.full === told.full && Math.abs(storage.usedBytes - told.usedBytes) < visible) {
      return;
    }
    workspace.told = storage;
    options.onChanged(workspace.bins.keys(), storage);
  };

  const check = (id: string, workspace: Workspace): Promise<void> => {
    workspace.checking ??= load(id, workspace)
      .catch(onError)
      .finally(() => {
        workspace.checking = null;
      });
    return workspace.checking;
  };

  const load = async (id: string, workspace: Workspace): Promise<void> => {
    workspace.checkedAt = Date.now();
    const rows = await options.loadWorkspace(id);
    workspace.bins = new Map(rows.map(({ binId, bytes }) => [binId, bytes]));
    workspace.bytes = rows.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { binId } of rows) workspaceOf.set(binId, id);
    tell(workspace);
    if (fullOf(workspace) !== "workspace") {
      workspace.retryMs = CHECK_FULL_MS;
      return;
    }
    await options.makeRoom(id);
    clearTimeout(workspace.retry);
    workspace.retry = setTimeout(() => void check(id, workspace), workspace.retryMs).unref();
    workspace.retryMs = Math.min(2 * workspace.retryMs, CHECK_FULL_MAX_MS);
  };

  const known = (id: string): Workspace => {
    let workspace = workspaces.get(id);
    if (!workspace) {
      workspace = {
        bins: new Map(),
        bytes: 0,
        checkedAt: 0,
        checking: null,
        told: { usedBytes: 0, limitBytes: maxBytesPerWorkspace, full: null },
        retry: undefined,
        retryMs: CHECK_FULL_MS,
      };
      workspaces.set(id, workspace);
    }
    return workspace;
  };

  const setAll = (bytes: number): void => {
    all.bytes = bytes;
    const isFull = maxBytes !== null && bytes >= maxBytes;
    if (isFull === all.isFull) return;
    all.isFull = isFull;
    for (const workspace of workspaces.values()) tell(workspace);
  };

  const checkAll = async (): Promise<void> => {
    try {
      setAll(await options.loadAll());
      if (all.isFull) await options.makeRoom(null);
    } catch (error) {
      onError(error);
    }
  };
  const checking =
    maxBytes === null ? undefined : setInterval(() => void checkAll(), CHECK_ALL_MS).unref();
  if (maxBytes !== null) void checkAll();

  return {
    fullFor({ id: binId, workspaceId }) {
      if (!workspaceOf.has(binId)) workspaceOf.set(binId, workspaceId);
      const workspace = known(workspaceId);
      const full = fullOf(workspace);
      const age = Date.now() - workspace.checkedAt;
      if (age > (full ? CHECK_FULL_MS : CHECK_MS)) void check(workspaceId, workspace);
      return full;
    },
    isFull(workspaceId) {
      const workspace = workspaces.get(workspaceId);
      return workspace !== undefined && fullOf(workspace) !== null;
    },
    async get(workspaceId) {
      const workspace = known(workspaceId);
      if (Date.now() - workspace.checkedAt > CHECK_FULL_MS) await check(workspaceId, workspace);
      await workspace.checking;
      return storageOf(workspace);
    },
    note(binId, bytes) {
      const id = workspaceOf.get(binId);
      const workspace = id === undefined ? undefined : workspaces.get(id);
      if (!workspace) return;
      const more = bytes - (workspace.bins.get(binId) ?? 0);
      workspace.bins.set(binId, bytes);
      workspace.bytes += more;
      if (maxBytes !== null) setAll(all.bytes + more);
      const wasFull = workspace.told.full !== null;
      tell(workspace);
      if (!wasFull && fullOf(workspace)) void check(id!, workspace);
    },
    lookAgain(binId) {
      const id = workspaceOf.get(binId);
      const workspace = id === undefined ? undefined : workspaces.get(id);
      if (!workspace) return;
      workspace.retryMs = CHECK_FULL_MS;
      void check(id!, workspace);
      if (all.isFull) void checkAll();
    },
    stop() {
      clearInterval(checking);
      workspaces.clear();
    },
  };
}
