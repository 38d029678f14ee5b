import type {
  BrowserRequest,
  BrowserResult,
  FrameMessage,
  PageMessage,
} from "#components/browser-send/protocol.ts";

/**
 * All that the sending frame runs. It is written into the frame's page as text, so it may name
 * nothing from outside of itself but what every browser has.
 */
export function frameProgram(): void {
  const send = async (request: BrowserRequest, abort: AbortController): Promise<BrowserResult> => {
    const { url, method, headers, body, mode, followRedirects, timeoutMs, maxBytes } = request;
    const started = performance.now();
    const passed = () => performance.now() - started;
    const timer = setTimeout(() => abort.abort("timeout"), timeoutMs);
    try {
      const response = await fetch(url, {
        method,
        headers,
        body,
        mode,
        redirect: followRedirects ? "follow" : "manual",
        credentials: "omit",
        cache: "no-store",
        referrerPolicy: "no-referrer",
        signal: abort.signal,
      });
      const firstByteMs = passed();
      if (response.type === "opaque" || response.type === "opaqueredirect") {
        const why = response.type === "opaque" ? "no-cors" : "redirect";
        return { type: "hidden", why, totalMs: firstByteMs };
      }
      const chunks: Uint8Array[] = [];
      let size = 0;
      let isBroken = false;
      const reader = response.body?.getReader();
      while (reader && size <= maxBytes) {
        const { done, value } = await reader.read().catch(() => {
          isBroken = true;
          return { done: true, value: undefined } as const;
        });
        if (done) break;
        chunks.push(value);
        size += value.length;
      }
      if (size > maxBytes) void reader?.cancel().catch(() => {});
      const kept = new Uint8Array(Math.min(size, maxBytes));
      let offset = 0;
      for (const chunk of chunks) {
        const part = chunk.subarray(0, kept.length - offset);
        kept.set(part, offset);
        offset += part.length;
      }
      return {
        type: "answer",
        status: response.status,
        statusText: response.statusText,
        url: response.url,
        headers: [...response.headers],
        body: kept,
        truncated: isBroken || size > maxBytes,
        firstByteMs,
        totalMs: passed(),
      };
    } catch (error) {
      const reason: unknown = abort.signal.aborted ? abort.signal.reason : null;
      const why = reason === "timeout" || reason === "cancelled" ? reason : "refused";
      const message = error instanceof Error ? error.message : String(error);
      return { type: "failed", why, message, totalMs: passed() };
    } finally {
      clearTimeout(timer);
    }
  };

  addEventListener("message", (event) => {
    // The document's own origin is opaque; its address still says where it came from.
    if (event.source !== parent || event.origin !== location.origin) return;
    const port = event.ports[0];
    if (!port) return;
    const abort = new AbortController();
    const tell = (message: FrameMessage) => port.postMessage(message);
    port.onmessage = async ({ data }: MessageEvent<PageMessage>) => {
      if (data.type === "send") tell(await send(data.request, abort));
      else abort.abort("cancelled");
    };
    tell({ type: "ready" });
  });
}
