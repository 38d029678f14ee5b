"use client";

import { useEffect, useState } from "react";
import { getUnsuccessful } from "#components/api/bulk-resends.ts";
import { captureHref, selectCapture, useViewState } from "#components/dashboard/use-view-state.ts";
import { explainFailure } from "#components/resend/explain-failure.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Exact } from "#components/ui/exact.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import type { BulkDelivery } from "#lib/contract/bulk-resend.ts";

type Listed = { deliveries: readonly BulkDelivery[]; hasMore: boolean };

/** As it was sent: the origin is the same for all, and said above. */
const belowOrigin = (url: string) => url.replace(/^https?:\/\/[^/]*/, "");

/** The captures of a bulk resend that got no 2xx, each a link to it. */
export function UnsuccessfulList({ bulkId }: { bulkId: string }) {
  const [listed, setListed] = useState<Listed | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  const view = useViewState();

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is a new question
  useEffect(() => {
    const abort = new AbortController();
    setError(null);
    getUnsuccessful(bulkId, null, abort.signal).then(setListed, (cause) => {
      if (!abort.signal.aborted) setError(cause);
    });
    return () => abort.abort();
  }, [bulkId, attempt]);

  async function loadMore() {
    const known = listed?.deliveries ?? [];
    try {
      const { deliveries, hasMore } = await getUnsuccessful(bulkId, known.at(-1)?.index ?? null);
      setListed({ deliveries: [...known, ...deliveries], hasMore });
      setError(null);
    } catch (cause) {
      setError(cause);
    }
  }

  if (error !== null && listed === null) {
    return (
      <div className="flex flex-wrap items-center gap-2">
        <InlineError>{describeError(error)}</InlineError>
        <Button onClick={() => setAttempt(attempt + 1)}>Try again</Button>
      </div>
    );
  }
  if (listed === null) return <p className="text-faint text-xs">Loading…</p>;
  if (listed.deliveries.length === 0) {
    return <p className="text-muted text-xs">They were deleted with their captures.</p>;
  }
  return (
    <div className="flex flex-col items-start gap-2">
      <ul
        aria-label="Captures without a 2xx"
        className="w-full divide-y rounded-md border bg-canvas text-xs"
      >
        {listed.deliveries.map((delivery) => (
          <li key={delivery.deliveryId}>
            <a
              href={captureHref(view, delivery.captureId)}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                selectCapture(delivery.captureId);
              }}
              className="flex min-h-8 flex-wrap items-center gap-x-3 px-3 py-1 hover:bg-hover pointer-coarse:min-h-11"
            >
              <span className="text-muted tabular-nums">#{delivery.seq}</span>
              <span className="font-medium text-red">
                {delivery.error
                  ? explainFailure(delivery.error).title
                  : (delivery.status?.toString() ?? "Nothing came back")}
              </span>
              <span className="min-w-0 flex-1 truncate font-mono text-muted">
                <Exact text={`${delivery.method} ${belowOrigin(delivery.url)}`} />
              </span>
            </a>
          </li>
        ))}
      </ul>
      {error !== null && <InlineError>{describeError(error)}</InlineError>}
      {listed.hasMore && (
        <Button size="sm" onClick={loadMore}>
          Show more
        </Button>
      )}
    </div>
  );
}
