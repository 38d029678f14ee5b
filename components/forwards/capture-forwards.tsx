"use client";

import { useCallback, useEffect, useState } from "react";
import { getCaptureForwards, retryForward } from "#components/api/forward-rules.ts";
import { ForwardItem } from "#components/forwards/forward-item.tsx";
import { Section } from "#components/ui/section.tsx";
import { notifyError } from "#components/ui/toast.tsx";
import type { Forward } from "#lib/contract/forward.ts";
import type { ForwardRule } from "#lib/contract/forward-rule.ts";

type CaptureForwardsProps = {
  captureId: string;
  /** Of its bin. */
  rules: readonly ForwardRule[];
  /** Another one says that something was sent. */
  newest: string | undefined;
};

/** What is stopped before it is sent leaves no delivery, and so no event. */
const POLL_MS = 3_000;

/** How far a capture is on its way to each rule's target; the attempts themselves are deliveries. */
export function CaptureForwards({ captureId, rules, newest }: CaptureForwardsProps) {
  const [forwards, setForwards] = useState<readonly Forward[]>([]);
  const [busy, setBusy] = useState(false);
  const isWaiting = forwards.some(({ state }) => state === "waiting");

  const load = useCallback(async () => {
    try {
      setForwards((await getCaptureForwards(captureId)).forwards);
    } catch {
      // The attempts are shown all the same, and the next one asks again.
    }
  }, [captureId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new delivery has changed them
  useEffect(() => {
    void load();
    if (!isWaiting) return;
    const timer = setInterval(() => void load(), POLL_MS);
    return () => clearInterval(timer);
  }, [load, newest, isWaiting]);

  async function retry(id: string) {
    setBusy(true);
    try {
      await retryForward(id);
    } catch (cause) {
      notifyError("It was not tried again", cause);
    }
    await load();
    setBusy(false);
  }

  if (forwards.length === 0) return null;
  return (
    <Section title="Forwards" count={forwards.length}>
      <ul className="divide-y rounded-md border" aria-busy={busy}>
        {forwards.map((forward) => {
          const rule = rules.find(({ id }) => id === forward.ruleId);
          return (
            <ForwardItem
              key={forward.id}
              forward={forward}
              maxAttempts={rule?.maxAttempts ?? null}
              canRetry={!busy && rule?.enabled === true}
              onRetry={() => void retry(forward.id)}
            />
          );
        })}
      </ul>
    </Section>
  );
}
