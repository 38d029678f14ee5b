import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Page } from "@playwright/test";
import { projectRoot } from "#lib/build/project-root.mjs";

/** The README's pictures are taken anew only on demand: a test run changes no file. */
export const isTakingPictures = Boolean(process.env.UPDATE_SCREENSHOTS);

const folder = join(projectRoot(import.meta.url), "docs/screenshots");

export type Pictures = {
  of(page: Page, name: string): Promise<void>;
  /** Lets time pass between what a picture shows, so that not all of it came in one second. */
  pause(): Promise<void>;
};

export const pictures: Pictures = {
  async of(page, name) {
    if (!isTakingPictures) return;
    await page.mouse.move(0, 0);
    await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled" });
  },
  async pause() {
    if (isTakingPictures) await setTimeout(1_000 + Math.random() * 5_000);
  },
};
