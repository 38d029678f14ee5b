import type { Access, Visitor } from "./access/access.ts";
import type { Workspace } from "./contract/workspace.ts";
import { AppError } from "./errors.ts";
import type { Workspaces } from "./runtime.ts";
import type { Store } from "./store/store.ts";

export type WorkspacesOptions = {
  store: Pick<Store, "findWorkspace" | "listBins" | "listTokens" | "sizesOfBins" | "write">;
  access: Pick<Access, "clearCookie">;
  now: () => Date;
  /** The bin is gone for every reader. */
  onGone(binId: string): void;
  /** The token opens nothing any more. */
  onRevoked(tokenId: string): void;
};

/** What a workspace looks like to whoever may know of it. */
export async function presentWorkspace(
  store: Pick<Store, "findWorkspace" | "listBins">,
  workspaceId: string,
): Promise<Workspace | null> {
  const workspace = await store.findWorkspace(workspaceId);
  if (!workspace) return null;
  const bins = await store.listBins(workspaceId);
  return {
    name: workspace.name,
    createdAt: workspace.createdAt.toISOString(),
    binCount: bins.length,
    captureCount: bins.reduce((sum, { storedCount }) => sum + storedCount, 0),
  };
}

export function createWorkspaces(options: WorkspacesOptions): Workspaces {
  const { store, access, now, onGone, onRevoked } = options;

  const get = async ({ workspaceId }: Visitor): Promise<Workspace> => {
    const workspace = await presentWorkspace(store, workspaceId);
    if (!workspace) throw new AppError("unauthorized", "This workspace was deleted.");
    return workspace;
  };

  /** Only a browser has a cookie to take away. */
  const clearCookieOf = ({ via }: Visitor) => (via === "cookie" ? access.clearCookie : null);

  return {
    get,
    async update(visitor, { name }) {
      if (name !== undefined) await store.write("renameWorkspace", visitor.workspaceId, name);
      return get(visitor);
    },
    async inventory({ workspaceId }) {
      const bins = await store.sizesOfBins(workspaceId);
      const tokens = await store.listTokens(workspaceId);
      const browsers = tokens.filter(({ kind }) => kind === "browser");
      return {
        bins,
        tokenCount: tokens.length - browsers.length,
        browserCount: browsers.length,
      };
    },
    async delete(visitor) {
      const gone = await store.write("deleteWorkspace", visitor.workspaceId, now());
      // First what happened to the bins, which those who are cut off would not hear any more.
      for (const binId of gone?.binIds ?? []) onGone(binId);
      for (const tokenId of gone?.tokenIds ?? []) onRevoked(tokenId);
      return clearCookieOf(visitor);
    },
    async leave(visitor) {
      const { workspaceId, via, tokenId } = visitor;
      if (via === "person") {
        throw new AppError(
          "invalid_request",
          "This workspace goes with you, not with this browser. Sign out instead.",
        );
      }
      const kind = via === "cookie" ? "browser" : "api";
      // A person who signed in by name has none of their own to end.
      if (await store.write("deleteToken", workspaceId, kind, tokenId)) onRevoked(tokenId);
      return clearCookieOf(visitor);
    },
  };
}
