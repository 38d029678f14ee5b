import type { RedactedField, Redaction } from "../../contract/share.ts";
import type { Recorded } from "./redact-capture.ts";

export type RedactionRequest = { record: Recorded; body: Uint8Array; redaction: Redaction };

export type RedactionAnswer = { record: Recorded; body: Uint8Array; fields: RedactedField[] };
