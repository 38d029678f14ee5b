import { formatBytes } from "#components/ui/format-bytes.ts";
import type { Capture } from "#lib/contract/capture.ts";

type ProblemFacts = Pick<Capture, "problem" | "bodySize" | "declaredSize" | "truncated">;

export type Explanation = { title: string; text: string };

/** What was wrong with a request in words, and what Inlet did about it. */
export function explainProblem(capture: ProblemFacts): Explanation | null {
  const kept = formatBytes(capture.bodySize);
  const declared = capture.declaredSize === null ? null : formatBytes(capture.declaredSize);
  const ofDeclared = declared ? ` of the ${declared} that it announced` : "";
  switch (capture.problem) {
    case "truncated":
      return {
        title: "The body was longer than this server keeps",
        text: `Inlet kept the first ${kept}${ofDeclared} and answered 413, so the sender knows.`,
      };
    case "aborted":
      return {
        title: "The sender hung up before the request was complete",
        text: `Inlet kept what had arrived, ${kept}${ofDeclared}. There was nobody left to answer.`,
      };
    case "timeout":
      return {
        title: "The sender took too long to complete the request",
        text: `Inlet kept what had arrived, ${kept}${ofDeclared}, and closed the connection.`,
      };
    case "malformed":
      return {
        title: "This is not valid HTTP",
        text: "Inlet could not read it as a request. It kept the bytes, shown below, and closed the connection.",
      };
    case "upgrade":
      return {
        title: "The sender asked to switch protocols",
        text: "Inlet does not switch (to WebSocket, for example). It kept the request and answered it as an ordinary one.",
      };
    case "connect":
      return {
        title: "The sender asked for a tunnel",
        text: "Inlet is not a proxy. It kept the request and refused the tunnel.",
      };
    case null:
      return null;
  }
}
