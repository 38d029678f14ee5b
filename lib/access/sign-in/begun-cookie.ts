import { readCookie } from "../workspace-access.ts";
import type { Begun } from "./provider.ts";

const LIFETIME_SECONDS = 10 * 60;

export const PLAIN_BEGUN_COOKIE = "inlet_begun";
export const SECURE_BEGUN_COOKIE = "__Host-inlet_begun";

type BegunSignIn = Begun & { next: string };

export type BegunCookie = {
  /** A whole `Set-Cookie` value. */
  write(begun: BegunSignIn): string;
  /** Null without one, and for one that is too old. */
  read(cookie: string | undefined): BegunSignIn | null;
  forget: string;
};

/** Binds a sign-in that was begun at a provider to the browser that began it. */
export function begunCookie({ isTls, now }: { isTls: boolean; now: () => Date }): BegunCookie {
  const name = isTls ? SECURE_BEGUN_COOKIE : PLAIN_BEGUN_COOKIE;
  const setCookie = (value: string, maxAge: number) =>
    `${name}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${isTls ? "; Secure" : ""}`;
  return {
    write({ state, nonce, verifier, next }) {
      const fields = [now().getTime(), state, nonce, verifier, next];
      const value = Buffer.from(JSON.stringify(fields)).toString("base64url");
      return setCookie(value, LIFETIME_SECONDS);
    },
    read(cookie) {
      const value = cookie === undefined ? null : readCookie(cookie, name);
      if (!value) return null;
      try {
        const text = Buffer.from(value, "base64url").toString();
        const [at, state, nonce, verifier, next] = JSON.parse(text) as [number, ...string[]];
        const age = now().getTime() - at;
        const isWhole = [state, nonce, verifier, next].every((field) => typeof field === "string");
        if (!isWhole || !(age >= 0 && age <= LIFETIME_SECONDS * 1000)) return null;
        return { state: state!, nonce: nonce!, verifier: verifier!, next: next! };
      } catch {
        return null;
      }
    },
    forget: setCookie("", 0),
  };
}
