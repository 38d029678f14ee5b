import type { Page } from "@playwright/test";

/** Playwright's trace recorder reads the images of a page again; the page itself fetches no blob. */
const RECORDER = /Connecting to 'blob:|CSP: connect-src refused blob {2}:0/;

/**
 * One line for everything that goes wrong in a page, as it happens: errors, failed resources, and
 * everything that the content security policy refused, in the page or in a frame of it.
 */
export async function watchForTrouble(page: Page): Promise<string[]> {
  const lines: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" && !RECORDER.test(message.text()))
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
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective, blockedURI, sample, sourceFile, lineNumber } = event;
      console.error(
        `CSP: ${effectiveDirective} refused ${blockedURI} ${sample} ${sourceFile}:${lineNumber}`,
      );
    });
  });
  return lines;
}
