import { type FetchPlan, neededAnswer } from "#components/browser-send/plan-fetch.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";

/** Headers that make a target's answer readable in a page, to copy into the target. */
export function TargetConsent({ plan }: { plan: FetchPlan }) {
  const { preflight, answer } = neededAnswer(plan);
  return (
    <div className="flex flex-col gap-2 py-1 text-sm">
      {preflight !== null && (
        <>
          <p>To the OPTIONS request, with any status from 200 to 299:</p>
          <Lines text={preflight} label="Copy the headers for OPTIONS" />
        </>
      )}
      <p>{preflight === null ? "With" : "To the request itself, with"} its answer:</p>
      <Lines text={answer} label="Copy the headers for the answer" />
      <p className="text-faint text-xs">
        The request comes with Origin: null, because it is sent from a sandbox. A list of allowed
        origins needs * or null for this.
      </p>
    </div>
  );
}

function Lines({ text, label }: { text: string; label: string }) {
  return (
    <div className="flex items-start gap-2 rounded-md border bg-canvas px-3 py-1.5">
      <pre className="min-w-0 flex-1 whitespace-pre-wrap font-mono text-ink text-xs [overflow-wrap:anywhere]">
        {text}
      </pre>
      <CopyButton text={text} label={label} />
    </div>
  );
}
