import { TriangleAlert } from "lucide-react";
import { explainProblem } from "#components/capture/explain-problem.ts";
import { Exact } from "#components/ui/exact.tsx";
import type { Capture } from "#lib/contract/capture.ts";

export function ProblemNotice({ capture }: { capture: Capture }) {
  const explanation = explainProblem(capture);
  if (!explanation) return null;
  return (
    <div className="flex gap-3 rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-sm">
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-amber" aria-hidden />
      <div className="min-w-0">
        <p className="font-medium">{explanation.title}</p>
        <p className="text-muted">{explanation.text}</p>
        {capture.problemDetail && (
          <p className="as-sent mt-1 text-muted text-xs">
            <Exact text={capture.problemDetail} />
          </p>
        )}
      </div>
    </div>
  );
}
