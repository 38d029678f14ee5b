import type { Page } from "@playwright/test";

/** One line for everything that goes wrong in a page, as it happens: errors, failed resources. */
export function watchForTrouble(page: Page): string[] {
  const lines: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error")
      lines.push(`console.error: ${message.text()} ${message.location().url}`);
  });
  page.on("pageerror", (error) => lines.push(`page error: ${error.message}`));
  page.on("response", (response) => {
    if (response.status() >= 400) lines.push(`${response.status()} ${response.url()}`);
  });
  page.on("requestfailed", (request) => {
    const reason = request.failure()?.errorText ?? "";
    // A page that is left, or a component that is gone, gives up what it was waiting for.
    if (reason !== "net::ERR_ABORTED") lines.push(`${reason} ${request.url()}`);
  });
  return lines;
}
