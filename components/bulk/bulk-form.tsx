"use client";

import { type FormEvent, useState } from "react";
import { createBulkResend } from "#components/api/bulk-resends.ts";
import { type BulkScope, noteBulkResends } from "#components/bulk/bulk-resends.ts";
import { countOf } from "#components/bulk/count-of.ts";
import { describePlan } from "#components/bulk/describe-bulk.ts";
import { scopeOf } from "#components/captures/found.ts";
import { TargetField } from "#components/resend/target-field.tsx";
import { noteTarget, usedTargets } from "#components/resend/used-targets.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { DialogActions } from "#components/ui/dialog.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { Field } from "#components/ui/field.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import type { BulkGaps, CreateBulkResendInput } from "#lib/contract/bulk-resend.ts";
import { BULK_RESEND_LIMITS } from "#lib/contract/limits.ts";

type Draft = {
  url: string;
  path: "keep" | "replace";
  gaps: BulkGaps;
  rate: string;
  concurrency: string;
};

/** Again, it goes where and how the earlier one went. */
function draftOf(scope: BulkScope): Draft {
  const earlier = "unsuccessfulOf" in scope ? scope.unsuccessfulOf : null;
  return {
    url: earlier?.url ?? usedTargets()[0] ?? "",
    path: earlier?.path ?? "keep",
    gaps: earlier?.gaps ?? "none",
    rate: String(earlier?.ratePerSecond ?? BULK_RESEND_LIMITS.ratePerSecond),
    concurrency: String(earlier?.concurrency ?? 1),
  };
}

function capturesOf(scope: BulkScope): CreateBulkResendInput["captures"] {
  if ("ids" in scope) return { ids: [...scope.ids] };
  return "found" in scope ? scopeOf(scope.found) : { unsuccessfulOf: scope.unsuccessfulOf.id };
}

const isTarget = (url: string) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);

type BulkFormProps = { binId: string; scope: BulkScope; onDone: () => void };

export function BulkForm({ binId, scope, onDone }: BulkFormProps) {
  const [draft, setDraft] = useState(() => draftOf(scope));
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const url = draft.url.trim();
  const { count, what } = countOf(scope);
  const rate = Number(draft.rate);
  const plan =
    isTarget(url) && rate >= 1
      ? describePlan({
          what,
          count,
          url,
          gaps: draft.gaps,
          ratePerSecond: rate,
          concurrency: Number(draft.concurrency),
        })
      : null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isSending) return;
    setSending(true);
    setError(null);
    try {
      const created = await createBulkResend(binId, {
        url,
        captures: capturesOf(scope),
        path: draft.path,
        gaps: draft.gaps,
        ratePerSecond: rate,
        concurrency: Number(draft.concurrency),
      });
      noteBulkResends([created]);
      noteTarget(url);
      onDone();
    } catch (cause) {
      setError(cause);
      setSending(false);
    }
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TargetField
        url={draft.url}
        onChange={(target) => set({ url: target })}
        required
        hint={isTarget(url) ? undefined : "As in http://localhost:8080/webhooks"}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Path">
          {(control) => (
            <Select
              {...control}
              value={draft.path}
              onChange={(event) => set({ path: event.target.value as Draft["path"] })}
            >
              <option value="keep">Each capture's own, below the URL</option>
              <option value="replace">Exactly this URL for all</option>
            </Select>
          )}
        </Field>
        <Field label="Time between captures">
          {(control) => (
            <Select
              {...control}
              value={draft.gaps}
              onChange={(event) => set({ gaps: event.target.value as BulkGaps })}
            >
              <option value="none">None: as fast as the limits allow</option>
              <option value="1x">As they came</option>
              <option value="10x">Ten times as fast as they came</option>
            </Select>
          )}
        </Field>
        <Field label="At most a second">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={BULK_RESEND_LIMITS.ratePerSecondMax}
              required
              value={draft.rate}
              onChange={(event) => set({ rate: event.target.value })}
            />
          )}
        </Field>
        <Field
          label="On their way at once"
          hint={
            draft.concurrency === "1"
              ? "One after another: the target gets them in order."
              : "They begin in order, and may arrive in another."
          }
        >
          {(control) => (
            <Input
              {...control}
              type="number"
              min={1}
              max={BULK_RESEND_LIMITS.concurrencyMax}
              required
              value={draft.concurrency}
              onChange={(event) => set({ concurrency: event.target.value })}
            />
          )}
        </Field>
      </div>
      {plan !== null && (
        <p className="rounded-md border bg-subtle px-3 py-2 text-sm [overflow-wrap:anywhere]">
          <Exact text={plan.charAt(0).toUpperCase() + plan.slice(1)} />
        </p>
      )}
      {error !== null && <InlineError>{describeError(error)}</InlineError>}
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={isSending}>
          {isSending ? "Starting…" : `Resend ${what}`}
        </Button>
      </DialogActions>
    </form>
  );
}
