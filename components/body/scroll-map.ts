export const ROW_HEIGHT = 20;

/** Browsers lay out nothing below some 17 to 33 million pixels. */
const MAX_HEIGHT = 8_000_000;

/** How high the scroller's content is made for so many pixels of rows. */
export function scrollHeightOf(total: number): number {
  return Math.min(total, MAX_HEIGHT);
}

/** Where the rows are when the scroller is there: the same but for very many rows. */
export function rowsTopOf(scrollTop: number, total: number, viewport: number): number {
  const shown = scrollHeightOf(total);
  if (shown === total) return scrollTop;
  const range = Math.max(1, shown - viewport);
  return Math.min(1, scrollTop / range) * (total - viewport);
}

/** The other way around. */
export function scrollTopOf(rowsTop: number, total: number, viewport: number): number {
  const shown = scrollHeightOf(total);
  if (shown === total) return rowsTop;
  return (rowsTop / Math.max(1, total - viewport)) * (shown - viewport);
}
