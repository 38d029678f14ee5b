/** Shares of the width in percent; 0 is collapsed. */
export type PanelSizes = { bins: number; list: number; detail: number };

/** Sent with the dashboard's own pages alone, so that they come in the right sizes at once. */
export const PANEL_COOKIE = "inlet-panels";
const PANEL_COOKIE_PATH = "/bins";
const PANEL_COOKIE_SECONDS = 365 * 24 * 60 * 60;

/** Undefined for anything that is not what `panelCookie` wrote. */
export function parsePanelSizes(cookie: string | undefined): PanelSizes | undefined {
  const sizes = cookie?.split("-").map(Number) ?? [];
  const [bins, list, detail] = sizes;
  if (sizes.length !== 3 || !sizes.every((size) => size >= 0 && size <= 100)) return undefined;
  if (Math.abs(bins! + list! + detail! - 100) > 1) return undefined;
  return { bins: bins!, list: list!, detail: detail! };
}

export function panelCookie({ bins, list, detail }: PanelSizes): string {
  const value = [bins, list, detail].map((size) => Number(size.toFixed(2))).join("-");
  return `${PANEL_COOKIE}=${value}; path=${PANEL_COOKIE_PATH}; max-age=${PANEL_COOKIE_SECONDS}; samesite=lax`;
}
