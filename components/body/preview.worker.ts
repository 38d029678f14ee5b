import { type CleanHtml, cleanHtml } from "./clean-html.ts";

export type PreviewAnswer = { clean: CleanHtml } | { failure: string };

addEventListener("message", ({ data }: MessageEvent<string>) => {
  let answer: PreviewAnswer;
  try {
    answer = { clean: cleanHtml(data) };
  } catch (cause) {
    answer = { failure: cause instanceof Error ? cause.message : String(cause) };
  }
  postMessage(answer);
});
