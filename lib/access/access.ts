/** Who is calling: the holder of one workspace. */
export type Visitor = { workspaceId: string; via: "cookie" | "token" };

export type Credentials = { authorization: string | null; cookie: string | null };

export type NewWorkspace = {
  visitor: Visitor;
  /** A whole `Set-Cookie` value. */
  setCookie: string;
  /** A bearer token; only its hash is kept, so this is the one time that it can be shown. */
  token: string;
};

export type Access = {
  /**
   * Null without credentials, or with a cookie that opens nothing (any more).
   * @throws AppError `unauthorized` for an Authorization header that opens nothing: its sender
   * meant to be somebody.
   */
  identify(credentials: Credentials): Promise<Visitor | null>;
  createWorkspace(): Promise<NewWorkspace>;
  /** Whether a page of this origin may act with the workspace's cookie. */
  isOwnOrigin(origin: string, host: string | null): boolean;
};
