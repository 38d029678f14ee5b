import { type Comparison, compareMessages } from "#lib/compare/compare-messages.ts";
import type { Message } from "#lib/compare/message.ts";

export type CompareAnswer = { comparison: Comparison } | { failure: string };

addEventListener("message", ({ data }: MessageEvent<[left: Message, right: Message]>) => {
  let answer: CompareAnswer;
  try {
    answer = { comparison: compareMessages(...data) };
  } catch (cause) {
    answer = { failure: cause instanceof Error ? cause.message : String(cause) };
  }
  postMessage(answer);
});
