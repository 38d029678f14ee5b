/** What happened and what to do: every error that a person may see says so in its message. */
export function describeError(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : "";
  return message === "" ? "Something went wrong. Try again." : message;
}
