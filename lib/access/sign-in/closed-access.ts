import { AppError } from "../../errors.ts";
import type { Access } from "../access.ts";
import { readAdmission } from "../admission.ts";

/**
 * Access to a closed instance: a cookie opens nothing for who was not let in, and a person gets
 * their own workspace whatever the browser's cookie says. Asked at each use, behind the door.
 */
export function closedAccess(open: Access, signInUrl: string): Access {
  return {
    ...open,
    async identify(credentials) {
      if (credentials.authorization !== null) return open.identify(credentials);
      const admission = readAdmission(credentials.admission);
      if (!admission) {
        throw new AppError(
          "unauthorized",
          `You are not signed in, and this instance is closed. Sign in at ${signInUrl}.`,
        );
      }
      const { workspaceId, sessionId } = admission;
      if (workspaceId === null) return open.identify(credentials);
      const tokenId = sessionId ?? workspaceId;
      return { workspaceId, via: "person", scope: "write", tokenId, expiresAt: null };
    },
  };
}
