export type PageHeaders = {
  origin: string | null | undefined;
  host: string | null | undefined;
  /** `Sec-Fetch-Site`. */
  site: string | null | undefined;
};

/**
 * Whether a browser sent this from our own pages, or no browser sent it. A cookie goes along with
 * calls that other sites make, and with `CAPTURE_HOST` a bin's reply runs on a sibling host, which
 * SameSite does not keep out.
 */
export function isFromOwnPage(
  { origin, host, site }: PageHeaders,
  isOwnOrigin: (origin: string, host: string | null) => boolean,
): boolean {
  if (origin) return isOwnOrigin(origin, host ?? null);
  return !site || site === "same-origin" || site === "none";
}
