import type { Page } from "@playwright/test";

/** As when another tab is in front of it. */
export async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      document.dispatchEvent(new Event("visibilitychange"));
    },
    hidden ? "hidden" : "visible",
  );
}

/** A browser's own are not to be seen from a page: what it was asked to show is. */
export async function recordNotifications(page: Page, permission: NotificationPermission) {
  await page.addInitScript((answer) => {
    const shown: string[] = [];
    class Recorded {
      static permission = answer === "denied" ? "denied" : "default";
      static async requestPermission() {
        Recorded.permission = answer;
        return answer;
      }
      onclick: unknown;
      constructor(title: string, { body }: NotificationOptions = {}) {
        shown.push(`${title} | ${body}`);
      }
      close() {}
    }
    Object.assign(window, { Notification: Recorded, shown });
  }, permission);
  return () => page.evaluate(() => (window as unknown as { shown: string[] }).shown);
}
