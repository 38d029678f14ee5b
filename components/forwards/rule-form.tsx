"use client";

import { type FormEvent, useId, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { ApiError } from "#components/api/api-error.ts";
import { createRule, updateRule } from "#components/api/forward-rules.ts";
import { describeSchedule } from "#components/forwards/describe-schedule.ts";
import { QueryInput } from "#components/forwards/query-input.tsx";
import {
  checkRule,
  draftRule,
  type RuleDraft,
  type RuleErrors,
  toRuleErrors,
  toRuleInput,
} from "#components/forwards/rule-draft.ts";
import { putRule } from "#components/forwards/use-rules.ts";
import { TargetField } from "#components/resend/target-field.tsx";
import { noteTarget } from "#components/resend/used-targets.ts";
import { Button } from "#components/ui/button.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { focusFirstInvalid } from "#components/ui/focus-first-invalid.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Input } from "#components/ui/input.tsx";
import type { ForwardRule } from "#lib/contract/forward-rule.ts";
import { FORWARD_RULE_NAME_MAX_LENGTH } from "#lib/contract/limits.ts";
import { parseQuery } from "#lib/search/parse.ts";

type RuleFormProps = {
  binId: string;
  /** Null for a new one. */
  rule: ForwardRule | null;
  onDone: () => void;
};

export function RuleForm({ binId, rule, onDone }: RuleFormProps) {
  const [draft, setDraft] = useState(() => draftRule(rule));
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<RuleErrors>({});
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const errors: RuleErrors = { ...refused, ...(tried && checkRule(draft)) };

  function set(change: Partial<RuleDraft>) {
    setRefused({});
    setDraft((before) => ({ ...before, ...change }));
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (busy) return;
    setTried(true);
    const isRead = draft.query.trim() === "" || parseQuery(draft.query).ok;
    if (Object.keys(checkRule(draft)).length > 0 || !isRead) {
      return focusFirstInvalid(form.current!);
    }
    setBusy(true);
    try {
      const input = toRuleInput(draft);
      putRule(binId, await (rule ? updateRule(rule.id, input) : createRule(binId, input)));
      noteTarget(input.url);
      onDone();
    } catch (cause) {
      const fields = cause instanceof ApiError ? cause.errors : [];
      // At once, or there is nothing yet to give the focus to.
      flushSync(() => {
        setRefused(fields.length > 0 ? toRuleErrors(fields) : { other: describeError(cause) });
        setBusy(false);
      });
      focusFirstInvalid(form.current!);
    }
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      <h3 className="font-semibold text-sm">{rule ? "Edit the rule" : "A new rule"}</h3>
      <TargetField url={draft.url} onChange={(url) => set({ url })} error={errors.url} />
      <QueryInput
        value={draft.query}
        tried={tried}
        error={errors.query}
        onChange={(query) => set({ query })}
      />
      <fieldset className="flex flex-col gap-1 text-sm">
        <legend className="mb-1 font-medium">Path</legend>
        <Choice
          name={`${id}-path`}
          checked={draft.path === "keep"}
          onChange={() => set({ path: "keep" })}
        >
          Put each capture's path and query below the URL
        </Choice>
        <Choice
          name={`${id}-path`}
          checked={draft.path === "replace"}
          onChange={() => set({ path: "replace" })}
        >
          Send to exactly this URL
        </Choice>
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Attempts"
          error={errors.attempts}
          hint={describeSchedule(Number(draft.attempts))}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              value={draft.attempts}
              onChange={(event) => set({ attempts: event.target.value })}
            />
          )}
        </Field>
        <Field
          label="Time limit of an attempt in seconds"
          error={errors.timeout}
          hint="Tried again: no connection, no answer in time, 408, 429 and 5xx. Any other answer without a 2xx has failed at once."
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              value={draft.timeout}
              onChange={(event) => set({ timeout: event.target.value })}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-col gap-2 text-sm">
        <label className="flex items-center gap-2 pointer-coarse:min-h-11">
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-accent"
            aria-invalid={errors.answerSender ? true : undefined}
            aria-describedby={errors.answerSender ? `${id}-answer` : undefined}
            checked={draft.answerSender}
            onChange={(event) => set({ answerSender: event.target.checked })}
          />
          Answer the sender with the target's response
        </label>
        {errors.answerSender && (
          <p id={`${id}-answer`} role="alert" className="text-red text-xs">
            {errors.answerSender}
          </p>
        )}
        {draft.answerSender && (
          <Field
            label="The sender waits, in seconds"
            error={errors.answerTimeout}
            hint="For the first attempt. After that, or when it fails, the sender gets the bin's own reply."
          >
            {(control) => (
              <Input
                {...control}
                className="sm:max-w-40"
                inputMode="decimal"
                autoComplete="off"
                value={draft.answerTimeout}
                onChange={(event) => set({ answerTimeout: event.target.value })}
              />
            )}
          </Field>
        )}
      </div>
      <Field label="Name, optional" hint="To tell rules apart." error={errors.name}>
        {(control) => (
          <Input
            {...control}
            maxLength={FORWARD_RULE_NAME_MAX_LENGTH}
            autoComplete="off"
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      {errors.path && <InlineError>{errors.path}</InlineError>}
      {errors.other && <InlineError>{errors.other}</InlineError>}
      <DialogActions>
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? "Saving…" : rule ? "Save rule" : "Add rule"}
        </Button>
      </DialogActions>
    </form>
  );
}
