import { createHash, randomBytes } from "node:crypto";

const TOKEN_PREFIX = "inlet_";

/** 256 random bits. The prefix lets secret scanners recognise one that was committed by mistake. */
export function newSecret(): string {
  return TOKEN_PREFIX + randomBytes(32).toString("base64url");
}

/** Without salt or stretching: a secret of 256 random bits cannot be guessed from its hash. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** 144 random bits for the address of a share link: short enough to be pasted. */
export function newLinkSecret(): string {
  return randomBytes(18).toString("base64url");
}
