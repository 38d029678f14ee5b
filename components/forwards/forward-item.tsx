"use client";

import { RotateCw } from "lucide-react";
import { captureHref, selectCapture, useViewState } from "#components/dashboard/use-view-state.ts";
import { explainForward } from "#components/forwards/explain-forward.ts";
import { Button } from "#components/ui/button.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { ExactTime } from "#components/ui/time.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { Forward } from "#lib/contract/forward.ts";

type ForwardItemProps = {
  forward: Forward;
  maxAttempts: number | null;
  canRetry: boolean;
  onRetry: () => void;
  /** Left out where its capture is what is shown already. */
  onOpenCapture?: () => void;
};

const COLORS = { waiting: "text-amber", succeeded: "text-green", failed: "text-red" };
const WORDS = { waiting: "Waiting", succeeded: "Succeeded", failed: "Failed" };

/** One capture on its way to one target: how far it is, and why not further. */
export function ForwardItem(props: ForwardItemProps) {
  const { forward, maxAttempts, canRetry, onRetry, onOpenCapture } = props;
  const { state, seq, captureId, attempts, status, nextAttemptAt, endedAt, url } = forward;
  const view = useViewState();
  const why = state === "succeeded" ? null : explainForward(forward);
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 px-3 py-2 text-xs">
      {onOpenCapture && (
        <a
          href={captureHref(view, captureId)}
          className="rounded font-medium text-accent hover:underline pointer-coarse:py-3"
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            onOpenCapture();
            selectCapture(captureId);
          }}
        >
          Capture #{seq}
        </a>
      )}
      <div className="flex min-w-0 flex-1 basis-60 flex-col gap-0.5 [overflow-wrap:anywhere]">
        <p className="flex flex-wrap gap-x-2">
          <span className={`font-medium ${COLORS[state]}`}>
            {WORDS[state]}
            {state === "succeeded" && status !== null && ` with ${status}`}
          </span>
          <span className="text-muted">
            {formatCount(attempts, "attempt")}
            {state === "waiting" && maxAttempts !== null && ` of ${maxAttempts}`}
          </span>
          {nextAttemptAt && (
            <span className="text-muted">
              next <Soon iso={nextAttemptAt} />
            </span>
          )}
          {endedAt && (
            <span className="text-faint">
              <ExactTime iso={endedAt} />
            </span>
          )}
        </p>
        {!onOpenCapture && (
          <p className="font-mono text-muted">
            <Exact text={url} />
          </p>
        )}
        {why && (
          <p className="text-muted">
            {why.title}: <Exact text={why.message} /> {why.remedy}
          </p>
        )}
      </div>
      {state !== "succeeded" && (
        <Button
          size="sm"
          className="pointer-coarse:h-11"
          aria-label={`Retry capture #${seq} now`}
          disabled={!canRetry}
          onClick={onRetry}
        >
          <RotateCw aria-hidden />
          {state === "waiting" ? "Try now" : "Retry"}
        </Button>
      )}
    </li>
  );
}

/** In seconds where it is near: waiting is what one looks at here. */
function Soon({ iso }: { iso: string }) {
  const now = useNow();
  const left = now === null ? null : Math.round((Date.parse(iso) - now) / 1000);
  const text =
    left === null || left <= 0
      ? "at once"
      : left < 90
        ? `in ${left} s`
        : left < 5400
          ? `in ${Math.round(left / 60)} min`
          : left < 48 * 3600
            ? `in ${Math.round(left / 3600)} h`
            : `in ${Math.round(left / 86_400)} d`;
  return (
    <time dateTime={iso} title={iso}>
      {text}
    </time>
  );
}
