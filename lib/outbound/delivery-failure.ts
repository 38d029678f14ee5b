import type { DeliveryErrorCode, DeliveryPhase } from "../contract/delivery.ts";

/** Why a sending ended without a whole response, in words for the person who sent it. */
export class DeliveryFailure extends Error {
  override readonly name = "DeliveryFailure";

  constructor(
    readonly code: DeliveryErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

const NAME_NOT_FOUND = new Set(["ENOTFOUND", "ENODATA", "EAI_NONAME", "EAI_NODATA"]);
const UNREACHABLE = new Set([
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EHOSTDOWN",
  "ENETDOWN",
  "EADDRNOTAVAIL",
  "EACCES",
  "EPERM",
]);
const RESET = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED", "ERR_STREAM_PREMATURE_CLOSE"]);

const CERTIFICATE: Record<string, string> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is signed by itself",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate comes from an authority that is not trusted here",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "it does not send the certificate of its issuer",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "its certificate comes from an authority not known here",
  UNABLE_TO_GET_ISSUER_CERT: "it does not send the certificate of its issuer",
  CERT_HAS_EXPIRED: "its certificate has expired",
  CERT_NOT_YET_VALID: "its certificate is not valid yet",
  CERT_REVOKED: "its certificate was revoked",
};

type SystemError = Error & { code?: string; errors?: SystemError[]; reason?: string };

function tlsReason(error: SystemError): string {
  const known = CERTIFICATE[error.code ?? ""];
  if (known) return known;
  if (error.code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return `its certificate is for another name: ${error.reason ?? error.message}`;
  }
  if (RESET.has(error.code ?? "")) return "it closed the connection during the handshake";
  if (error.code === "ERR_SSL_WRONG_VERSION_NUMBER" || /wrong version/i.test(error.message)) {
    return "it does not speak TLS on this port; perhaps the URL has to begin with http:";
  }
  return error.reason ?? error.message;
}

/** Names what Node threw, by where it was thrown: the same code means another thing in TLS. */
export function toFailure(
  error: unknown,
  phase: DeliveryPhase,
  target: { host: string; port: number },
): DeliveryFailure {
  if (error instanceof DeliveryFailure) return error;
  const system = error as SystemError;
  // Of several addresses that were tried, the first one's error speaks for all.
  const first = system.errors?.[0] ?? system;
  const code = system.code ?? first.code ?? "";
  const where = `${target.host}, port ${target.port},`;
  const fail = (name: DeliveryErrorCode, message: string) =>
    new DeliveryFailure(name, message, { cause: error });

  if (phase === "tls") {
    return fail("tls_error", `No secure connection to ${target.host}: ${tlsReason(first)}.`);
  }
  if (phase === "dns") {
    return NAME_NOT_FOUND.has(code)
      ? fail("name_not_found", `The name ${target.host} has no address.`)
      : fail("name_lookup_failed", `The name ${target.host} could not be looked up (${code}).`);
  }
  if (code === "ECONNREFUSED") {
    return fail("connection_refused", `Nothing listens on ${where} or a firewall refuses it.`);
  }
  if (code === "ETIMEDOUT") {
    return fail("timeout", `${where} did not answer when the connection was opened.`);
  }
  if (UNREACHABLE.has(code)) {
    return fail("unreachable", `There is no way from here to ${where} (${code}).`);
  }
  if (code === "HPE_HEADER_OVERFLOW") {
    return fail("response_too_large", "The head of the response is longer than 64 KiB.");
  }
  if (code.startsWith("HPE_")) {
    return fail("invalid_response", `What ${target.host} answered is not HTTP (${first.message}).`);
  }
  if (RESET.has(code)) {
    const when = phase === "body" ? "in the middle of the response" : "without a response";
    return fail("connection_reset", `${where} closed the connection ${when}.`);
  }
  return fail("failed", first.message || "Something unexpected happened.");
}
