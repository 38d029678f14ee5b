"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { ApiError } from "#components/api/api-error.ts";
import { updateBin } from "#components/api/bins.ts";
import { HeaderRows } from "#components/headers/header-rows.tsx";
import { checkDraft } from "#components/reply/check-draft.ts";
import { ReplyBody } from "#components/reply/reply-body.tsx";
import {
  type DraftErrors,
  hasErrors,
  isSameDraft,
  NO_ERRORS,
  type ReplyDraft,
  toDraft,
  toDraftErrors,
} from "#components/reply/reply-draft.ts";
import { REPLY_PRESETS } from "#components/reply/reply-presets.ts";
import { ReplyPreview } from "#components/reply/reply-preview.tsx";
import { STATUS_TEXTS } from "#components/reply/status-texts.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { focusFirstInvalid } from "#components/ui/focus-first-invalid.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Bin } from "#lib/contract/bin.ts";
import { DEFAULT_REPLY } from "#lib/contract/reply.ts";

type ReplyFormProps = {
  bin: Bin;
  /** Told whether there is something that closing would lose. */
  onDirty: (dirty: boolean) => void;
  onSaved: (bin: Bin) => void;
  onCancel: () => void;
};

const DEFAULT_DRAFT = toDraft(DEFAULT_REPLY);

/** With CAPTURE_HOST a bin has a host of its own. */
function isOnOwnOrigin({ captureUrl, dashboardUrl }: Bin): boolean {
  return new URL(captureUrl).origin !== new URL(dashboardUrl).origin;
}

export function ReplyForm({ bin, onDirty, onSaved, onCancel }: ReplyFormProps) {
  const [saved] = useState(() => toDraft(bin.reply));
  const [draft, setDraft] = useState(saved);
  const [tried, setTried] = useState(false);
  const [refused, setRefused] = useState<DraftErrors>(NO_ERRORS);
  const [busy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  const isSandboxed = !isOnOwnOrigin(bin);
  const { reply, errors: found } = checkDraft(draft, isSandboxed);
  const errors = hasErrors(refused) ? refused : (tried && found) || NO_ERRORS;
  const dirty = !isSameDraft(draft, saved);

  useEffect(() => onDirty(dirty), [dirty, onDirty]);

  function change(part: Partial<ReplyDraft>) {
    setRefused(NO_ERRORS);
    setDraft((before) => ({ ...before, ...part }));
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setTried(true);
    if (!reply) return focusFirstInvalid(form.current!);
    setBusy(true);
    try {
      const isDefault = isSameDraft(draft, DEFAULT_DRAFT);
      onSaved(await updateBin(bin.id, { reply: isDefault ? null : reply }));
    } catch (cause) {
      const fields = cause instanceof ApiError ? cause.errors : [];
      const beside = toDraftErrors(draft, fields);
      setRefused(hasErrors(beside) ? beside : { ...NO_ERRORS, other: describeError(cause) });
      setBusy(false);
      focusFirstInvalid(form.current!);
    }
  }

  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      <fieldset className="flex flex-wrap items-center gap-1">
        <legend className="sr-only">Start from a preset</legend>
        {REPLY_PRESETS.map((preset) => (
          <Button
            key={preset.label}
            size="sm"
            className="pointer-coarse:h-11"
            onClick={() => change({ ...toDraft(preset.reply), delay: draft.delay })}
          >
            {preset.label}
          </Button>
        ))}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field
          label="Status"
          hint={STATUS_TEXTS[Number(draft.status)] ?? "From 200 to 599"}
          error={errors.status}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="numeric"
              autoComplete="off"
              value={draft.status}
              onChange={(event) => change({ status: event.currentTarget.value })}
            />
          )}
        </Field>
        <Field
          label="Delay in seconds"
          hint="Up to 30. The sender waits this long for the reply."
          error={errors.delay}
        >
          {(control) => (
            <Input
              {...control}
              inputMode="decimal"
              autoComplete="off"
              value={draft.delay}
              onChange={(event) => change({ delay: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <HeaderRows
        rows={draft.headers}
        errors={errors}
        onChange={(headers) => change({ headers })}
      />
      <ReplyBody draft={draft} error={errors.body} onChange={change} />
      <ReplyPreview reply={reply} isSandboxed={isSandboxed} />
      {errors.other && <InlineError>{errors.other}</InlineError>}
      <div className="sticky -bottom-4 -mx-5 -mb-5 flex flex-wrap items-center justify-between gap-2 rounded-b-lg border-t bg-canvas px-5 py-3 max-sm:-mx-4 max-sm:-mb-4 max-sm:px-4">
        <Button
          variant="ghost"
          disabled={isSameDraft(draft, DEFAULT_DRAFT)}
          onClick={() => change(DEFAULT_DRAFT)}
        >
          Reset to default
        </Button>
        <DialogActions>
          <Button onClick={onCancel}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={busy}>
            {busy ? "Saving…" : "Save reply"}
          </Button>
        </DialogActions>
      </div>
    </form>
  );
}
