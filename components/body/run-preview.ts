import type { CleanHtml } from "./clean-html.ts";
import type { PreviewAnswer } from "./preview.worker.ts";

/** For what nests a hundred thousand deep: a mebibyte of what people write takes half a second. */
const CLEANING_MS = 10_000;

/** Cleans HTML in a worker of its own, which ends with the answer, the signal or after a while. */
export function runPreview(html: string, signal: AbortSignal): Promise<CleanHtml> {
  const worker = new Worker(new URL("./preview.worker.ts", import.meta.url), { type: "module" });
  let timer: ReturnType<typeof setTimeout>;
  return new Promise<CleanHtml>((resolve, reject) => {
    const fail = (reason: string) =>
      reject(new Error(`There is no preview: ${reason} The HTML view shows it as it was sent.`));
    timer = setTimeout(() => fail("this HTML takes too long."), CLEANING_MS);
    signal.addEventListener("abort", () => reject(signal.reason));
    worker.addEventListener("message", ({ data }: MessageEvent<PreviewAnswer>) => {
      if ("clean" in data) resolve(data.clean);
      else fail(`${data.failure}.`);
    });
    worker.addEventListener("error", () => fail("it could not be made."));
    worker.postMessage(html);
  }).finally(() => {
    clearTimeout(timer);
    worker.terminate();
  });
}
