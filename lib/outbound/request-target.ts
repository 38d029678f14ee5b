/**
 * The request target (RFC 9112 3.2.1) of a capture that is sent below a URL: the URL's path, then
 * the capture's; the URL's query, then the capture's. The capture's part stays as it was received.
 */
export function targetBelow(url: URL, path: string, query: string | null): string {
  const base = url.pathname.replace(/\/$/, "");
  // A path that is only `/` adds nothing: the bin itself stands for the URL itself.
  const whole = path === "/" ? url.pathname : path.startsWith("/") ? base + path : base || path;
  const queries = [url.search.slice(1) || null, query].filter((part) => part !== null);
  return queries.length > 0 ? `${whole}?${queries.join("&")}` : whole;
}

export function targetOf(url: URL): string {
  return url.pathname + url.search;
}
