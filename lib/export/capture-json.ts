import { base64Of, utf8Of } from "./bytes.ts";
import type { CaptureRequest } from "./capture-request.ts";

/** The API's shape of a capture, whole: `text` where the body is UTF-8, and always `bodyBase64`. */
export function captureJson({ capture, body }: CaptureRequest): string {
  return JSON.stringify({ ...capture, text: utf8Of(body), bodyBase64: base64Of(body) });
}
