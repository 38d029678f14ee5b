"use client";

import { RotateCw } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { getForwards, retryFailed, retryForward } from "#components/api/forward-rules.ts";
import { ForwardItem } from "#components/forwards/forward-item.tsx";
import { loadRules } from "#components/forwards/use-rules.ts";
import { deliveryEvents } from "#components/live/delivery-events.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Exact } from "#components/ui/exact.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import { notify, notifyError } from "#components/ui/toast.tsx";
import type { Forward, ForwardState } from "#lib/contract/forward.ts";
import type { ForwardRule } from "#lib/contract/forward-rule.ts";
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from "#lib/contract/limits.ts";

/** A forward that begins to wait says nothing; and events may be missed. */
const POLL_MS = 5_000;

type Filter = "all" | ForwardState;

const EMPTY: Record<Filter, string> = {
  all: "Nothing was forwarded yet. The next capture that matches is shown here.",
  waiting: "None is waiting.",
  failed: "None has failed.",
  succeeded: "None has succeeded yet.",
};

type RuleForwardsProps = { rule: ForwardRule; onOpenCapture: () => void };

/** What became of the captures that a rule sends on, kept up to date while it is shown. */
export function RuleForwards({ rule, onOpenCapture }: RuleForwardsProps) {
  const [filter, setFilter] = useState<Filter>(rule.failed > 0 ? "failed" : "all");
  const { forwards, hasMore, error, load, more } = useForwards(rule, filter);
  const [busy, setBusy] = useState(false);

  async function act(run: () => Promise<unknown>) {
    setBusy(true);
    try {
      await run();
    } catch (cause) {
      notifyError("Nothing was tried again", cause);
    }
    await Promise.all([load(), loadRules(rule.binId)]);
    setBusy(false);
  }

  return (
    <section aria-label="Forwards of the rule" className="flex min-w-0 flex-col gap-3">
      <p className="font-mono text-xs [overflow-wrap:anywhere]">
        <Exact text={rule.url} />
      </p>
      {!rule.enabled && (
        <p className="rounded-md border bg-subtle px-3 py-2 text-muted text-sm">
          The rule is off: nothing is sent, and what waits stands still until it is on again.
        </p>
      )}
      <Tabs
        label="Which forwards"
        value={filter}
        onValueChange={setFilter}
        tabs={[
          { value: "all", label: "All" },
          { value: "waiting", label: `Waiting ${rule.waiting.toLocaleString("en")}` },
          { value: "failed", label: `Failed ${rule.failed.toLocaleString("en")}` },
          { value: "succeeded", label: "Succeeded" },
        ]}
        actions={
          rule.failed > 0 && (
            <Button
              size="sm"
              className="pointer-coarse:h-11"
              disabled={busy || !rule.enabled}
              onClick={() =>
                void act(async () => {
                  const { retried } = await retryFailed(rule.id);
                  notify(`${formatCount(retried, "forward")} will be tried again`);
                })
              }
            >
              <RotateCw aria-hidden />
              Retry all failed
            </Button>
          )
        }
      >
        {error !== null && (
          <div className="flex flex-col gap-2">
            <InlineError>{describeError(error)}</InlineError>
            <Button size="sm" className="self-start" onClick={() => void load()}>
              Try again
            </Button>
          </div>
        )}
        {forwards === null ? (
          error === null && <p className="animate-appear-late text-faint text-sm">Loading…</p>
        ) : forwards.length === 0 ? (
          <p className="rounded-md border border-dashed px-3 py-6 text-center text-muted text-sm">
            {EMPTY[filter]}
          </p>
        ) : (
          <ul className="divide-y rounded-md border" aria-busy={busy}>
            {forwards.map((forward) => (
              <ForwardItem
                key={forward.id}
                forward={forward}
                maxAttempts={rule.maxAttempts}
                canRetry={rule.enabled && !busy}
                onRetry={() => void act(() => retryForward(forward.id))}
                onOpenCapture={onOpenCapture}
              />
            ))}
          </ul>
        )}
        {hasMore && more && (
          <Button size="sm" className="mt-2" onClick={more}>
            Show more
          </Button>
        )}
        {hasMore && !more && (
          <p className="mt-2 text-faint text-xs">The newest {PAGE_SIZE_MAX} are shown.</p>
        )}
      </Tabs>
    </section>
  );
}

type Loaded = { of: string; forwards: Forward[]; hasMore: boolean };

function useForwards(rule: ForwardRule, filter: Filter) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [limit, setLimit] = useState<number>(PAGE_SIZE_DEFAULT);
  const { id, binId } = rule;
  const of = `${id} ${filter}`;

  const load = useCallback(async () => {
    try {
      const page = await getForwards(id, { state: filter === "all" ? null : filter, limit });
      setLoaded({ of, ...page });
      setError(null);
    } catch (cause) {
      setError(cause);
    }
  }, [id, filter, limit, of]);

  useEffect(() => {
    void load();
    const timer = setInterval(() => void Promise.all([load(), loadRules(binId)]), POLL_MS);
    let soon: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = deliveryEvents.subscribe(() => {
      clearTimeout(soon);
      soon = setTimeout(() => void load(), 200);
    });
    return () => {
      clearInterval(timer);
      clearTimeout(soon);
      unsubscribe();
    };
  }, [load, binId]);

  const current = loaded?.of === of ? loaded : null;
  return {
    forwards: current?.forwards ?? null,
    hasMore: current?.hasMore ?? false,
    error,
    load,
    more: limit < PAGE_SIZE_MAX ? () => setLimit(PAGE_SIZE_MAX) : null,
  };
}
