import type { IncomingMessage, ServerResponse } from "node:http";

/** Somebody who is there, as one way of signing in knows them. */
export type Present = {
  /** Who they are, and stay, wherever they come from; null for nobody in particular. */
  person: string | null;
  name: string | null;
  /** Null where the session is not ours to end. */
  sessionId: string | null;
};

/** What a page needs to be told to show the way in. */
export type ShownWay =
  | { kind: "password" }
  /** `startUrl` and `endUrl` lead to the provider. */
  | { kind: "provider"; name: string; startUrl: string; endUrl: string }
  | { kind: "proxy"; header: string };

export type SignInFault =
  | "wrong_password"
  | "rate_limited"
  | "denied"
  | "expired"
  | "not_allowed"
  | "unreachable"
  | "refused";

/** What the page for signing in says, besides how to. */
export type Shown = {
  /** Where to go afterwards. */
  next: string;
  fault?: SignInFault;
  retryAfterSeconds?: number;
  /** The provider's own code for what went wrong. */
  code?: string;
  /** Somebody has signed out, and the provider may still know them. */
  isStillKnown?: boolean;
};

export type ShowPage = (shown: Shown, status: number) => void;

export type Action = (
  req: IncomingMessage,
  res: ServerResponse,
  /** Answers with the page for signing in. */
  showPage: ShowPage,
) => Promise<void>;

/** One way of signing in. An instance has one of them. */
export type Way = {
  shown: ShownWay;
  find(req: IncomingMessage): Promise<Present | null>;
  /** Null where that is not ours to do. */
  end: ((sessionId: string) => Promise<{ setCookie: string; isStillKnown?: boolean }>) | null;
  /** What it answers by itself, by method and path. */
  actions: Record<string, Action>;
};

/** The query of the page's address. */
export function writeShown(shown: Shown): string {
  const { next, fault, retryAfterSeconds, code, isStillKnown } = shown;
  const query = new URLSearchParams();
  if (fault) query.set("fault", fault);
  if (retryAfterSeconds !== undefined) query.set("retry", String(retryAfterSeconds));
  if (code !== undefined) query.set("code", code);
  if (isStillKnown) query.set("still-known", "yes");
  if (next !== "/") query.set("next", next);
  return query.size > 0 ? `?${query}` : "";
}
