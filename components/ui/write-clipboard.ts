export class ClipboardRefused extends Error {
  constructor() {
    super("The browser did not allow it. Select the text and copy it by hand.");
  }
}

/**
 * Copies a text, or one that is still on its way. Call it within the click: Safari lets a page write only
 * then, but takes a promise for what is written.
 * @throws ClipboardRefused; what the promise of the text rejects with
 */
export async function writeClipboard(text: string | Promise<string>): Promise<void> {
  const writing = startWriting(text);
  // Heard below; until then the text's own error, which says more, may come first.
  writing?.catch(() => {});
  const content = await text;
  try {
    await (writing ?? writeText(content));
  } catch {
    throw new ClipboardRefused();
  }
}

/** Null where the browser has to be given the text itself. */
function startWriting(text: string | Promise<string>): Promise<void> | null {
  if (typeof text === "string" || typeof ClipboardItem === "undefined") return null;
  if (!navigator.clipboard?.write) return null;
  try {
    const blob = text.then((content) => new Blob([content], { type: "text/plain" }));
    blob.catch(() => {});
    return navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } catch {
    // Browsers that have the class but take no promise say so here.
    return null;
  }
}

/** The clipboard API is missing on plain http other than localhost, where people do self-host. */
async function writeText(text: string): Promise<void> {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  // Inside of an open dialog, which takes the focus back from everything outside of it.
  const focused = document.activeElement;
  (focused?.closest("[role=dialog]") ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  if (!done) throw new Error("The browser refused to copy.");
}
