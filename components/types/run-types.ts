import type { TypesInput, TypesOutput } from "#components/types/make-types.ts";
import type { TypesAnswer } from "#components/types/types.worker.ts";

const GENERATION_MS = 20_000;

/** Makes types in a worker of its own, which ends with the answer, the signal or after a while. */
export function runTypes(input: TypesInput, signal: AbortSignal): Promise<TypesOutput> {
  const worker = new Worker(new URL("./types.worker.ts", import.meta.url), { type: "module" });
  let timer: ReturnType<typeof setTimeout>;
  return new Promise<TypesOutput>((resolve, reject) => {
    const fail = (reason: string) => reject(new Error(`No types were made: ${reason}`));
    timer = setTimeout(() => fail("these bodies take too long."), GENERATION_MS);
    signal.addEventListener("abort", () => reject(signal.reason));
    worker.addEventListener("message", ({ data }: MessageEvent<TypesAnswer>) => {
      if ("output" in data) resolve(data.output);
      else fail(data.failure);
    });
    worker.addEventListener("error", () => fail("reload the page to try again."));
    worker.postMessage(input);
  }).finally(() => {
    clearTimeout(timer);
    worker.terminate();
  });
}
