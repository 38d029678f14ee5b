import type { CleanHtml } from "#components/body/clean-html.ts";

/**
 * What a preview may do: draw itself. It asks for nothing, so that this refuses nothing; it stands
 * for what cleaning might ever let pass.
 */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'";

/** Of what had an address; a document's own styles come after it and win. */
const LINKS = "[data-link] { color: #00e; text-decoration: underline }";

/**
 * A document for an `<iframe sandbox="" srcdoc>`. The sandbox keeps it from running and from our
 * origin, its own policy from the network; popups are not allowed, and no link is left in it.
 * @param nonce the page's: its policy holds in the frame too, and takes no other style element
 */
export function previewDocument({ doctype, html, styles }: CleanHtml, nonce: string): string {
  const head = [{ css: LINKS, media: null }, ...styles].map(({ css, media }) => {
    const attribute = media === null ? "" : ` media="${escapeAttribute(media)}"`;
    // An escape that strings of CSS have too; elsewhere a "<" before a "/" means nothing.
    return `<style nonce="${nonce}"${attribute}>${css.replaceAll("</", "<\\/")}</style>`;
  });
  return `${doctype}<meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="color-scheme" content="light">${head.join("")}${html}`;
}

const escapeAttribute = (value: string) => value.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** The nonce of the page's own scripts and styles; empty in a page without one. */
export function pageNonce(): string {
  return document.querySelector<HTMLElement>("script[nonce]")?.nonce ?? "";
}
