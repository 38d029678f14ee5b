import type { ErrorCode, InvalidField, Problem } from "#lib/contract/problem.ts";

/** `network`: no answer came at all. */
export type ApiErrorCode = ErrorCode | "network";

type ApiErrorOptions = { title: string; detail?: string; errors?: InvalidField[] };

const ADVICE: Partial<Record<ApiErrorCode, string>> = {
  internal: "Try again; if it keeps happening, the server's log says why.",
  unavailable: "Nothing was changed. Try again in a moment.",
};

/** A call to the REST API that did not work out. Its message says what happened and what to do. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly title: string;
  readonly detail: string | undefined;
  readonly errors: InvalidField[];

  constructor(
    readonly code: ApiErrorCode,
    options: ApiErrorOptions,
  ) {
    super(explain(code, options));
    this.title = options.title;
    this.detail = options.detail;
    this.errors = options.errors ?? [];
  }
}

function explain(code: ApiErrorCode, { title, detail, errors }: ApiErrorOptions): string {
  const field = errors?.[0];
  const said = field ? `${field.field}: ${field.message}` : (detail ?? title);
  const advice = ADVICE[code];
  if (!advice || said.includes("Try again")) return said;
  return `${said.replace(/[.]?$/, ".")} ${advice}`;
}

/** An answer that is not ours (a proxy's error page) still gets a code and a sentence. */
export async function readApiError(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  if (typeof problem?.code === "string" && typeof problem.title === "string") {
    return new ApiError(problem.code, {
      title: problem.title,
      detail: problem.detail,
      errors: problem.errors,
    });
  }
  return new ApiError(response.status >= 500 ? "unavailable" : "invalid_request", {
    title: `The server answered ${response.status}`,
  });
}
