import { explainFailure } from "#components/resend/explain-failure.ts";
import type { Delivery } from "#lib/contract/delivery.ts";

/** In a few words: the status, or why there is none. */
export function describeOutcome({
  state,
  response,
  error,
}: Pick<Delivery, "state" | "response" | "error">): string {
  if (state === "pending") return "Underway…";
  if (response) return `${response.status} ${response.statusText}`.trimEnd();
  return error ? explainFailure(error).title : "Nothing came back";
}
