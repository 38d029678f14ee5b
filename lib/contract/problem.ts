import { z } from "zod";

/** Every error that leaves the server says one of these. Branch on it, never on a text. */
export const ERROR_STATUS = {
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  forbidden_origin: 403,
  not_found: 404,
  method_not_allowed: 405,
  request_timeout: 408,
  gone: 410,
  payload_too_large: 413,
  unsupported_media_type: 415,
  rate_limited: 429,
  storage_full: 429,
  headers_too_large: 431,
  internal: 500,
  unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

export const ERROR_TITLE: Record<ErrorCode, string> = {
  invalid_request: "The request is not valid",
  unauthorized: "Credentials are missing or not valid",
  forbidden: "These credentials may not do that",
  forbidden_origin: "Calls from this origin are not allowed",
  not_found: "Not found",
  method_not_allowed: "Method not allowed",
  gone: "Not available any more",
  request_timeout: "The request took too long to arrive",
  payload_too_large: "The body is too large",
  unsupported_media_type: "The body has the wrong media type",
  rate_limited: "Too many requests",
  storage_full: "There is no room left",
  headers_too_large: "The request's headers are too large",
  internal: "Something went wrong on the server",
  unavailable: "The server cannot store anything right now",
};

export const invalidFieldSchema = z.object({
  /** Where in the input, as a path: `reply.headers.0`. */
  field: z.string(),
  message: z.string(),
  /** Where in a text that has a syntax of its own, such as `q`: UTF-16 units, the end exclusive. */
  start: z.int().optional(),
  end: z.int().optional(),
});

export type InvalidField = z.infer<typeof invalidFieldSchema>;

/** RFC 9457 problem details, with our extension members. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.enum(Object.keys(ERROR_STATUS) as [ErrorCode, ...ErrorCode[]]),
    requestId: z.string(),
    errors: z.array(invalidFieldSchema).optional(),
  })
  .meta({ id: "Problem" });

export type Problem = z.infer<typeof problemSchema>;

export const PROBLEM_CONTENT_TYPE = "application/problem+json";
