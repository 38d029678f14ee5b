import { AppError } from "#lib/errors.ts";

/** A reply's body may have 256 Ki characters, which JSON may write with up to six bytes for one. */
export const REQUEST_BODY_MAX_BYTES = 1024 * 1024;

const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json$/i;

/**
 * The body as JSON; an empty one counts as `{}`.
 * @throws AppError `payload_too_large`, `unsupported_media_type` or `invalid_request`
 */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await readBytes(request);
  if (bytes.byteLength === 0) return {};
  const type = request.headers.get("content-type")?.split(";")[0]?.trim() ?? "";
  if (!JSON_TYPE.test(type)) {
    throw new AppError("unsupported_media_type", "Send JSON, as Content-Type: application/json.");
  }
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    // V8's message names the position, or quotes the text where it is short.
    const why = error instanceof SyntaxError ? error.message : "it has bytes that are not UTF-8";
    throw new AppError("invalid_request", `The body is not JSON: ${why}.`, { cause: error });
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  const declared = Number(request.headers.get("content-length"));
  if (declared > REQUEST_BODY_MAX_BYTES) throw tooLarge();
  if (!request.body) return new Uint8Array();
  let size = 0;
  try {
    for await (const chunk of request.body) {
      size += chunk.byteLength;
      if (size > REQUEST_BODY_MAX_BYTES) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new AppError("invalid_request", "The body broke off before its end.", { cause });
  }
  if (size > REQUEST_BODY_MAX_BYTES) throw tooLarge();
  return Buffer.concat(chunks);
}

function tooLarge(): AppError {
  return new AppError(
    "payload_too_large",
    `A body has at most ${REQUEST_BODY_MAX_BYTES} bytes here. Send less.`,
  );
}
