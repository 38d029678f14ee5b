import type { Outcome } from "./send.ts";

/** An outcome as it is kept, but the response's body. */
export const deliveryResult = ({ response, redirects, timings, error }: Outcome) => ({
  redirects,
  response: response && {
    status: response.status,
    statusText: response.statusText,
    httpVersion: response.httpVersion,
    headers: response.headers,
    trailers: response.trailers,
    bodySize: response.body.byteLength,
    truncated: response.truncated,
  },
  timings,
  error,
});
