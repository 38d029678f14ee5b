import type { DeliveryError, DeliveryErrorCode } from "#lib/contract/delivery.ts";

const TITLES: Record<DeliveryErrorCode, string> = {
  blocked_target: "This target is not allowed",
  name_not_found: "The name was not found",
  name_lookup_failed: "The name could not be looked up",
  connection_refused: "The connection was refused",
  unreachable: "The target cannot be reached",
  connection_reset: "The connection was closed too early",
  tls_error: "No secure connection",
  timeout: "It took too long",
  invalid_response: "The answer is not HTTP",
  response_too_large: "The response's head is too large",
  too_many_redirects: "Too many redirects",
  interrupted: "The server stopped before the end",
  failed: "The delivery failed",
};

const REMEDIES: Record<DeliveryErrorCode, string> = {
  blocked_target:
    "Private addresses are off on this server. Whoever runs it can allow this one with ALLOW_PRIVATE_TARGETS.",
  name_not_found: "Check the spelling of the host.",
  name_lookup_failed: "Try again in a moment, or check the server's name resolution.",
  connection_refused: "Check that the target is running, and the port.",
  unreachable: "Check the address, and that the server may connect to it.",
  connection_reset: "Look into the target's log: it may have crashed or refused the request.",
  tls_error: "Correct the certificate or the URL's scheme, or try http:.",
  timeout: "Check that the target answers, or allow more time.",
  invalid_response: "Check the port: something else may be listening there.",
  response_too_large: "Look at what headers the target sends.",
  too_many_redirects: "Send to the last URL of the list, or do not follow redirects.",
  interrupted: "The target may have got the request. Send it again if that does no harm.",
  failed: "Try again; if it stays so, report it with this message.",
};

/** What happened and what to do next; the message of the error says why. */
export function explainFailure({ code }: DeliveryError): { title: string; remedy: string } {
  return { title: TITLES[code], remedy: REMEDIES[code] };
}
