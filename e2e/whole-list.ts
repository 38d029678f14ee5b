import type { Page } from "@playwright/test";
import { ROW_HEIGHT } from "#components/captures/capture-row.tsx";
import { captureList } from "./fixtures.ts";

/**
 * The ids of all captures in the list from top to bottom, read as a person would: by scrolling
 * through it. Only what is near the visible part is rendered, so each row is known by its place.
 */
export async function readWholeList(page: Page): Promise<string[]> {
  const list = captureList(page).getByRole("list", { name: /newest first/ });
  const idAt: string[] = [];
  for (;;) {
    const { rows, places, loading } = await list.evaluate((ul, rowHeight) => {
      const items = [...ul.querySelectorAll<HTMLElement>(":scope > li")];
      const top = ul.getBoundingClientRect().top;
      return {
        rows: items.map((item) => ({
          place: Math.round((item.getBoundingClientRect().top - top) / rowHeight),
          id: new URL(item.querySelector("a")!.href).searchParams.get("capture")!,
        })),
        places: Math.round(ul.getBoundingClientRect().height / rowHeight),
        loading: ul.parentElement!.textContent!.includes("Loading older captures"),
      };
    }, ROW_HEIGHT);
    for (const { place, id } of rows) {
      if (idAt[place] !== undefined && idAt[place] !== id) throw new Error("the list moved");
      idAt[place] = id;
    }
    const missing = Array.from({ length: places }, (_, place) => place).find((p) => !idAt[p]);
    if (missing === undefined && !loading) return idAt;
    await list.evaluate(
      (ul, top) =>
        new Promise<void>((done) => {
          ul.parentElement!.scrollTop = top;
          requestAnimationFrame(() => requestAnimationFrame(() => done()));
        }),
      (missing ?? places) * ROW_HEIGHT,
    );
  }
}
