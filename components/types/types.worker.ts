import { makeTypes, type TypesInput, type TypesOutput } from "#components/types/make-types.ts";

export type TypesAnswer = { output: TypesOutput } | { failure: string };

addEventListener("message", async ({ data }: MessageEvent<TypesInput>) => {
  let answer: TypesAnswer;
  try {
    answer = { output: await makeTypes(data) };
  } catch (cause) {
    answer = { failure: cause instanceof Error ? cause.message : String(cause) };
  }
  postMessage(answer);
});
