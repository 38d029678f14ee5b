import { describeError } from "#components/ui/describe-error.ts";
import { InlineError } from "#components/ui/inline-error.tsx";

/** Until an answer is there, or in place of it. */
export function Loading({ error }: { error?: unknown }) {
  if (error) return <InlineError>{describeError(error)}</InlineError>;
  return <p className="animate-appear-late p-3 text-faint text-xs">Reading…</p>;
}
