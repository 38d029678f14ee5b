/**
 * What a preview may do: draw itself. Nothing is fetched, run, sent or embedded; styles and images
 * count only where they are part of the document.
 */
const POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'";

/** An attribute that comes first wins over one of the same name that follows. */
const INERT = '<meta http-equiv="x-inert"';

/**
 * What stands in for the beginning of a tag. These are what reaches the network past any policy
 * (connections made early, refreshes, links that the frame would follow), and what would only fill
 * the console with refusals.
 */
const STAND_INS: Record<string, string> = {
  link: INERT,
  base: INERT,
  meta: INERT,
  embed: INERT,
  frame: INERT,
  script: "<template",
  iframe: "<template",
  portal: "<template",
  object: "<div",
  frameset: "<div",
  a: '<a target="_blank" ping=""',
  area: '<area target="_blank" ping=""',
  form: '<form target="_blank"',
};

/** A tag's name is these letters as they stand, up to one of these ends (HTML Standard 13.2.5.8). */
const TAG = new RegExp(`<(/?)(${[...Object.keys(STAND_INS), "style"].join("|")})(?=[\\s/>])`, "gi");

/**
 * A document for an `<iframe sandbox="" srcdoc>`. The sandbox keeps it from running and from our
 * origin, its own policy from the network; popups are not allowed, so that links go nowhere.
 * @param nonce the page's: its policy holds in the frame too, and takes no other style element
 */
export function previewDocument(html: string, nonce: string): string {
  const tame = html.replace(TAG, (_, slash: string, name: string) => {
    const tag = name.toLowerCase();
    if (tag === "style") return slash ? "</style" : `<style nonce="${nonce}"`;
    const standIn = STAND_INS[tag]!;
    return slash ? `</${/^<([a-z]+)/.exec(standIn)![1]}` : standIn;
  });
  const doctype = /^\s*<!doctype\s+html[^>]*>/i.exec(tame)?.[0] ?? "";
  const head = `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="color-scheme" content="light">`;
  return doctype + head + tame.slice(doctype.length);
}

/** The nonce of the page's own scripts and styles; empty in a page without one. */
export function pageNonce(): string {
  return document.querySelector<HTMLElement>("script[nonce]")?.nonce ?? "";
}
