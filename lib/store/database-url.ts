import { AppError } from "../errors.ts";

export type Database =
  | { provider: "sqlite"; file: string }
  | { provider: "postgresql"; url: string };

/**
 * `file:./data/inlet.db` is SQLite, `postgresql://…` is PostgreSQL.
 *
 * @throws AppError `invalid_request` for anything else
 */
export function parseDatabaseUrl(url: string): Database {
  if (url.startsWith("file:")) {
    const file = url.slice("file:".length).replace(/\?.*$/, "");
    if (file !== "" && file !== ":memory:") return { provider: "sqlite", file };
  }
  if (/^postgres(ql)?:\/\/[^/]/.test(url)) return { provider: "postgresql", url };
  throw new AppError(
    "invalid_request",
    "must be file:<path> for SQLite or postgresql://<user>@<host>/<database>",
  );
}
