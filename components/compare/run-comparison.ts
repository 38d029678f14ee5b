import type { CompareAnswer } from "#components/compare/compare.worker.ts";
import type { Comparison } from "#lib/compare/compare-messages.ts";
import type { Message } from "#lib/compare/message.ts";

/** Compares in a worker of its own, which ends with the answer or with the signal. */
export function runComparison(
  left: Message,
  right: Message,
  signal: AbortSignal,
): Promise<Comparison> {
  const worker = new Worker(new URL("./compare.worker.ts", import.meta.url), { type: "module" });
  return new Promise<Comparison>((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
    worker.addEventListener("message", ({ data }: MessageEvent<CompareAnswer>) => {
      if ("comparison" in data) resolve(data.comparison);
      else reject(new Error(`The comparison failed: ${data.failure}`));
    });
    worker.addEventListener("error", () =>
      reject(new Error("The comparison could not be run. Reload the page to try again.")),
    );
    worker.postMessage([left, right]);
  }).finally(() => worker.terminate());
}
