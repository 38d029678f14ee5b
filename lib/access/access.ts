/** `read` may look at everything and change nothing. A browser always has `write`. */
export type Scope = "read" | "write";

/** Who is calling: the holder of one workspace. */
export type Visitor = {
  workspaceId: string;
  /** `person`: whoever signed in by name where the instance is closed; their browser's cookie does not count. */
  via: "cookie" | "token" | "person";
  scope: Scope;
  /** Of the workspace's secrets the one that was shown; none of them for a person. */
  tokenId: string;
  /** From then on it opens nothing. */
  expiresAt: Date | null;
};

export type Credentials = {
  authorization: string | null;
  cookie: string | null;
  /** What the caller calls itself (RFC 9110 10.1.5), kept with the token's last use. */
  agent?: string | null;
  /** `ADMISSION_HEADER`, without which nobody is let in where the instance is closed. */
  admission?: string | null;
};

export type NewWorkspace = {
  visitor: Visitor;
  /** A whole `Set-Cookie` value. */
  setCookie: string;
  /** A bearer token; only its hash is kept, so this is the one time that it can be shown. */
  token: string;
};

/** A secret for one more browser, still to be stored. */
export type NewBrowser = {
  token: { id: string; kind: "browser"; hash: string; agent: string | null };
  /** A whole `Set-Cookie` value. */
  setCookie: string;
};

export type Access = {
  /**
   * Null without credentials, or with a cookie that opens nothing (any more).
   * @throws AppError `unauthorized` for an Authorization header that opens nothing, or nothing any
   * more: its sender meant to be somebody.
   */
  identify(credentials: Credentials): Promise<Visitor | null>;
  /** @param agent what the caller calls itself */
  createWorkspace(agent: string | null): Promise<NewWorkspace>;
  newBrowser(agent: string | null): NewBrowser;
  /** A `Set-Cookie` value that takes the cookie out of a browser. */
  clearCookie: string;
  /** Whether a page of this origin may act with the workspace's cookie. */
  isOwnOrigin(origin: string, host: string | null): boolean;
};
