import { nanoid } from "nanoid";
import type { Access, Visitor } from "./access/access.ts";
import { hashSecret, newLinkSecret } from "./access/secrets.ts";
import { DEVICE_LINK_MS, DEVICE_LINKS_MAX } from "./contract/limits.ts";
import type { DeviceLink } from "./contract/workspace.ts";
import { AppError, notFound } from "./errors.ts";
import type { DeviceLinks } from "./runtime.ts";
import type { DeviceLinkRecord } from "./store/records.ts";
import type { Store } from "./store/store.ts";
import { presentWorkspace } from "./workspaces.ts";

const ASK = "Make a new one on the workspace's page of the other device.";

export type DeviceLinksOptions = {
  store: Pick<
    Store,
    "findDeviceLink" | "findDeviceLinkByHash" | "findWorkspace" | "listBins" | "write"
  >;
  access: Pick<Access, "newBrowser">;
  publicUrl: string;
  /** Whether people sign in by name here: then no browser's cookie opens a workspace, nor would a link. */
  hasPersons: boolean;
  now: () => Date;
  /** The token opens nothing any more. */
  onRevoked(tokenId: string): void;
};

function present({ id, createdAt, expiresAt, usedAt }: DeviceLinkRecord): DeviceLink {
  return {
    id,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    usedAt: usedAt?.toISOString() ?? null,
  };
}

/** Whoever signs in by name has one workspace, whatever cookie their browser gets. */
const notForPersons = () =>
  new AppError(
    "invalid_request",
    "Here a workspace goes with whoever signs in, and no link opens another one. Sign in on the other device, and your bins are there.",
  );

export function createDeviceLinks(options: DeviceLinksOptions): DeviceLinks {
  const { store, access, publicUrl, hasPersons, now, onRevoked } = options;

  const usable = async (secret: string): Promise<DeviceLinkRecord> => {
    const link = await store.findDeviceLinkByHash(hashSecret(secret));
    if (!link) throw notFound("device link");
    if (link.usedAt) throw new AppError("gone", `This link was used: it works once. ${ASK}`);
    if (link.expiresAt <= now()) {
      throw new AppError("gone", `This link has expired: it was good for ten minutes. ${ASK}`);
    }
    return link;
  };

  const workspaceOf = async ({ workspaceId }: DeviceLinkRecord) => {
    const workspace = await presentWorkspace(store, workspaceId);
    if (!workspace) throw notFound("device link");
    return workspace;
  };

  const own = async (visitor: Visitor | null, id: string): Promise<DeviceLinkRecord> => {
    const link = visitor && (await store.findDeviceLink(id));
    if (!link || link.workspaceId !== visitor.workspaceId) throw notFound("device link");
    return link;
  };

  return {
    async create({ workspaceId }) {
      if (hasPersons) throw notForPersons();
      const secret = newLinkSecret();
      const createdAt = now();
      const expiresAt = new Date(createdAt.getTime() + DEVICE_LINK_MS);
      const id = nanoid();
      const link = { id, workspaceId, hash: hashSecret(secret), createdAt, expiresAt };
      const record = await store.write("createDeviceLink", link, DEVICE_LINKS_MAX);
      if (!record) {
        throw new AppError(
          "invalid_request",
          `${DEVICE_LINKS_MAX} links of this workspace wait to be used. Use one, or wait until they expire.`,
        );
      }
      return { ...present(record), url: `${publicUrl}/open/${secret}` };
    },
    get: async (visitor, id) => present(await own(visitor, id)),
    async cancel(visitor, id) {
      const link = await own(visitor, id);
      if (!(await store.write("cancelDeviceLink", link.workspaceId, id))) {
        throw notFound("device link");
      }
    },
    async look(visitor, secret) {
      const link = await usable(secret);
      const workspace = await workspaceOf(link);
      return { workspace, isOwn: link.workspaceId === visitor?.workspaceId };
    },
    async open(visitor, secret, agent) {
      // Before the link is touched, and for a token too: what it would set opens nothing.
      if (hasPersons) throw notForPersons();
      const link = await usable(secret);
      const workspace = await workspaceOf(link);
      // A browser that has it needs no second secret, and the link stays good for the one that has not.
      if (link.workspaceId === visitor?.workspaceId) return { workspace, setCookie: null };
      const { token, setCookie } = access.newBrowser(agent);
      if (!(await store.write("useDeviceLink", link, now(), token))) {
        throw new AppError("gone", `This link was used: it works once. ${ASK}`);
      }
      // Its cookie is overwritten: nobody has that secret any more.
      if (visitor?.via === "cookie") {
        const { workspaceId, tokenId } = visitor;
        if (await store.write("deleteToken", workspaceId, "browser", tokenId)) onRevoked(tokenId);
      }
      return { workspace, setCookie };
    },
  };
}
