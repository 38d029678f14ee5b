/**
 * The request header by which `server.ts` tells Next's half of the process who was let in where the
 * instance is closed. Whatever comes under this name from outside is dropped.
 */
export const ADMISSION_HEADER = "inlet-admission";

/** Somebody who was let into a closed instance. */
export type Admission = {
  /** What they are called; null for who knew the password. */
  name: string | null;
  /** The workspace that is this person's; null for who is nobody in particular: their cookie says. */
  workspaceId: string | null;
  /** The session that can be ended; null when a proxy signs people in and out. */
  sessionId: string | null;
};

/** As a header takes it: names are in any script. */
export function writeAdmission(admission: Admission): string {
  return Buffer.from(JSON.stringify(admission)).toString("base64url");
}

/** Null for nobody. */
export function readAdmission(header: string | null | undefined): Admission | null {
  if (!header) return null;
  return JSON.parse(Buffer.from(header, "base64url").toString()) as Admission;
}
