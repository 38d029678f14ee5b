import { isLocalName } from "#components/browser-send/local-name.ts";
import type { Delivery } from "#lib/contract/delivery.ts";

const NOT_REACHED = new Set(["connection_refused", "name_not_found", "unreachable"]);

/** Whether the person's browser may reach what the server did not. */
export function suggestsBrowser({ error, url }: Pick<Delivery, "error" | "url">): boolean {
  if (error?.code === "blocked_target") return true;
  if (!error || !NOT_REACHED.has(error.code) || !URL.canParse(url)) return false;
  return isLocalName(new URL(url).hostname);
}
