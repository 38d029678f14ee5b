import { ApiError, readApiError } from "#components/api/api-error.ts";

type RequestOptions = { method?: string; body?: unknown; signal?: AbortSignal };

/**
 * Calls the REST API with the workspace's cookie.
 * @throws ApiError, or the signal's own reason when it is aborted
 */
export async function request(path: string, options: RequestOptions = {}): Promise<Response> {
  const { method = "GET", body, signal } = options;
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      signal,
      cache: "no-store",
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { "Content-Type": "application/json" },
      }),
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError("network", {
      title: "Inlet could not be reached",
      detail: "Inlet could not be reached. Check your connection and try again.",
    });
  }
  if (!response.ok) throw await readApiError(response);
  return response;
}

export async function requestJson<Answer>(
  path: string,
  options: RequestOptions = {},
): Promise<Answer> {
  const response = await request(path, options);
  return (await response.json()) as Answer;
}
