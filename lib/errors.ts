import { ERROR_STATUS, type ErrorCode, type InvalidField } from "./contract/problem.ts";

type AppErrorOptions = {
  errors?: InvalidField[];
  cause?: unknown;
  /** What an answer with this error says besides: when to try again. */
  headers?: Record<string, string>;
};

/** The one error that callers may see. Everything else that is thrown is a defect: `internal`. */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly errors: InvalidField[] | undefined;
  readonly headers: Record<string, string> | undefined;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: AppErrorOptions = {},
  ) {
    super(message, { cause: options.cause });
    this.errors = options.errors;
    this.headers = options.headers;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

/** By shape, because `instanceof` fails between the server's module graph and Next's. */
export function isAppError(error: unknown): error is AppError {
  return error instanceof Error && error.name === "AppError" && "code" in error;
}

export type Thing =
  | "bin"
  | "capture"
  | "delivery"
  | "share"
  | "token"
  | "browser"
  | "bulk resend"
  | "device link"
  | "forward"
  | "rule";

/** The same for a thing that is not there and one that is somebody else's. */
export function notFound(what: Thing): AppError {
  if (what === "share" || what === "device link") {
    return new AppError("not_found", "There is no such link. Check that it was copied whole.");
  }
  return new AppError("not_found", `There is no such ${what}, or it belongs to another workspace.`);
}
