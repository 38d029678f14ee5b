import { expect, type Locator, type Page } from "@playwright/test";

/**
 * Anything that a capture made the page do. What the policy refuses never gets as far as a route, and
 * is no harm: Playwright's recorder makes such requests appear when it reads a preview again.
 */
export async function watchForHarm(page: Page): Promise<string[]> {
  const harm: string[] = [];
  page.on("dialog", (dialog) => {
    harm.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  const isStolen = ({ hostname, pathname }: URL) =>
    hostname === "evil.test" || pathname.endsWith("/passwd");
  await page.context().route(isStolen, (route) => {
    harm.push(route.request().url());
    return route.abort();
  });
  page.on("popup", (popup) => harm.push(`popup: ${popup.url()}`));
  return harm;
}

export async function expectUnharmed(page: Page, harm: string[], where: string) {
  expect(harm, where).toEqual([]);
  const state = () =>
    page.evaluate(() => ({
      pwned: "pwned" in window,
      title: document.title,
      base: document.baseURI === location.href || document.querySelector("base") === null,
      // No text makes the page wider than the window, nor hides what is ours.
      fits: document.documentElement.scrollWidth <= document.documentElement.clientWidth,
      tooWide: Array.from(document.querySelectorAll("[role=dialog], [role=menu]"))
        .filter((popup) => {
          const { left, right } = popup.getBoundingClientRect();
          const isOutside = left < 0 || right > document.documentElement.clientWidth;
          return isOutside || popup.scrollWidth > popup.clientWidth;
        })
        .map((popup) => popup.textContent?.slice(0, 60)),
      // Nor is cut off by what is around it, unless that says so.
      cut: Array.from(document.querySelectorAll("main :not(input), [role=dialog] :not(input)"))
        .filter((box) => {
          const { overflowX, textOverflow } = getComputedStyle(box);
          const hides = overflowX === "hidden" || overflowX === "clip";
          return (
            hides &&
            textOverflow !== "ellipsis" &&
            box.clientWidth > 40 &&
            box.scrollWidth > box.clientWidth + 1
          );
        })
        .map((box) => `${box.tagName} ${box.className} ${box.textContent?.slice(0, 40)}`),
      visible: document.querySelector("main")?.checkVisibility(),
    }));
  // A popup follows its button in the frame after a change of width.
  await expect.poll(state, where).toEqual({
    pwned: false,
    // The name of a bin may say so; a script that ran would have said nothing else.
    title: expect.not.stringMatching(/^pwned$/),
    base: true,
    fits: true,
    tooWide: [],
    cut: [],
    visible: true,
  });
}

export async function expectUnharmedAtEachWidth(page: Page, harm: string[], where: string) {
  for (const size of [
    { width: 390, height: 844 },
    { width: 1360, height: 850 },
  ]) {
    await page.setViewportSize(size);
    await expectUnharmed(page, harm, `${where}, ${size.width} px`);
  }
}

/** @param views the tabs of a body: each part of a multipart body has views too */
export async function expectEachViewUnharmed(
  page: Page,
  harm: string[],
  views: Locator,
  where: string,
) {
  await expect(views).toBeVisible();
  for (const name of await views.getByRole("tab").allTextContents()) {
    await views.getByRole("tab", { name, exact: true }).click();
    await expect(views.getByRole("tab", { selected: true })).toHaveText(name);
    if (name === "Preview") {
      await expect(page.locator("iframe[title='Preview of the HTML']").first()).toBeVisible();
      for (const frame of page.frames()) await frame.waitForLoadState("load");
    }
    await expectUnharmed(page, harm, `${where}, view ${name}`);
  }
}
