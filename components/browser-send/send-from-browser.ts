import type {
  BrowserRequest,
  BrowserResult,
  FrameMessage,
  PageMessage,
} from "#components/browser-send/protocol.ts";

const READY_MS = 10_000;

/** A frame that could not be loaded says nothing. */
const NOT_READY =
  "The part of Inlet that sends from this browser was not loaded. Check the connection to Inlet and try again; an extension that blocks frames would do this too.";

/**
 * Sends from this browser, in a frame of its own: the page may connect to nothing but Inlet, and
 * the frame, which has no origin, can read nothing of Inlet's. Resolves with whatever came of it.
 * @throws Error when the frame is not there
 */
export async function sendFromBrowser(
  request: BrowserRequest,
  signal: AbortSignal,
): Promise<BrowserResult> {
  const frame = document.createElement("iframe");
  frame.sandbox.add("allow-scripts");
  // Chromium asks the person before a page reaches their own network, a frame only with leave.
  frame.allow = "local-network-access; local-network; loopback-network";
  frame.title = "Sends from this browser";
  frame.hidden = true;
  frame.src = "/browser-sender";
  const { port1: port, port2: theirs } = new MessageChannel();
  const tell = (message: PageMessage) => port.postMessage(message);
  const cancel = () => tell({ type: "cancel" });
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    return await new Promise<BrowserResult>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error(NOT_READY)), READY_MS);
      port.onmessage = ({ data }: MessageEvent<FrameMessage>) => {
        if (data.type !== "ready") return resolve(data);
        clearTimeout(timer);
        tell({ type: "send", request });
        if (signal.aborted) cancel();
        else signal.addEventListener("abort", cancel, { once: true });
      };
      // Its origin is opaque, which no target origin names; the port goes to this one window.
      frame.onload = () => frame.contentWindow?.postMessage(null, "*", [theirs]);
      document.body.append(frame);
    });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", cancel);
    port.close();
    frame.remove();
  }
}
