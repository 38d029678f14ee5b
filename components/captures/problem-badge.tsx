import { TriangleAlert } from "lucide-react";
import type { CaptureProblem } from "#lib/contract/capture.ts";

const LABELS: Record<CaptureProblem, string> = {
  truncated: "truncated",
  aborted: "aborted",
  timeout: "timed out",
  malformed: "malformed",
  upgrade: "upgrade",
  connect: "connect",
};

export function ProblemBadge({ problem }: { problem: CaptureProblem }) {
  return (
    <span className="inline-flex shrink-0 items-center gap-1 font-medium text-amber">
      <TriangleAlert className="size-3" aria-hidden />
      {LABELS[problem]}
    </span>
  );
}
