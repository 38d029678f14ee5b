"use client";

import { useId } from "react";
import {
  EDITABLE_BODY_MAX,
  keepsLineEnds,
  METHODS,
  originalBody,
  type ResendDraft,
  targetOf,
} from "#components/resend/resend-draft.ts";
import { ResendHeaders, type ResendHeadersProps } from "#components/resend/resend-headers.tsx";
import { TargetField } from "#components/resend/target-field.tsx";
import { Choice } from "#components/ui/choice.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { Field } from "#components/ui/field.tsx";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { Input, Textarea } from "#components/ui/input.tsx";
import type { Capture } from "#lib/contract/capture.ts";

type ResendFieldsProps = Pick<ResendHeadersProps, "tried" | "notesOf"> & {
  capture: Capture;
  draft: ResendDraft;
  onChange: (change: Partial<ResendDraft>) => void;
};

/** What is sent and where to. */
export function ResendFields({ capture, draft, onChange, tried, notesOf }: ResendFieldsProps) {
  const lists = useId();
  const target = targetOf(draft, capture);
  return (
    <>
      <TargetField
        url={draft.url}
        onChange={(url) => onChange({ url })}
        required
        hint={target === null ? "As in http://localhost:8080/webhooks" : undefined}
      />
      <datalist id={`${lists}-methods`}>
        {METHODS.map((method) => (
          <option key={method} value={method} />
        ))}
      </datalist>

      <fieldset className="flex flex-col gap-1 text-sm">
        <legend className="mb-1 font-medium">Path</legend>
        <Choice
          name={`${lists}-path`}
          checked={draft.path === "keep"}
          onChange={() => onChange({ path: "keep" })}
        >
          Put the capture's path and query below the URL
        </Choice>
        <Choice
          name={`${lists}-path`}
          checked={draft.path === "replace"}
          onChange={() => onChange({ path: "replace" })}
        >
          Send to exactly this URL
        </Choice>
        {target !== null && (
          <p className="mt-1 rounded-md border bg-subtle px-3 py-1.5 font-mono text-xs [overflow-wrap:anywhere]">
            <Exact text={`${draft.method} ${target}`} />
          </p>
        )}
      </fieldset>

      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Method">
          {(control) => (
            <Input
              {...control}
              className="font-mono"
              list={`${lists}-methods`}
              required
              value={draft.method}
              onChange={(event) => onChange({ method: event.target.value.trim() })}
            />
          )}
        </Field>
        <Field label="Time limit in seconds">
          {(control) => (
            <Input
              {...control}
              type="number"
              min={0.1}
              max={120}
              step="any"
              required
              value={draft.seconds}
              onChange={(event) => onChange({ seconds: event.target.value })}
            />
          )}
        </Field>
      </div>

      <ResendHeaders
        draft={draft.headers}
        tried={tried}
        notesOf={notesOf}
        onChange={(headers) => onChange({ headers })}
      />
      <Body capture={capture} draft={draft} onChange={onChange} />

      <label className="flex items-center gap-2 text-sm pointer-coarse:min-h-11">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={draft.followRedirects}
          onChange={(event) => onChange({ followRedirects: event.target.checked })}
        />
        Follow redirects
      </label>
      {capture.truncated && (
        <p className="text-amber text-sm">The capture's body was cut: only its beginning goes.</p>
      )}
    </>
  );
}

type BodyProps = Pick<ResendFieldsProps, "capture" | "draft" | "onChange">;

function Body({ capture, draft, onChange }: BodyProps) {
  const isShort = capture.bodySize <= EDITABLE_BODY_MAX;
  if (!isShort || capture.text === null || !keepsLineEnds(capture.text)) {
    const why = !isShort
      ? "they are too many to edit here."
      : capture.text === null
        ? "they are not text."
        : "a text field would change the ends of their lines.";
    return (
      <p className="text-muted text-sm">
        The body's {formatBytes(capture.bodySize)} go as they are: {why}
      </p>
    );
  }
  return (
    <Field
      label="Body"
      hint={
        draft.body === originalBody(capture)
          ? "The capture's own bytes, as long as the text is not changed."
          : "Changed: it goes as UTF-8."
      }
    >
      {(control) => (
        <Textarea
          {...control}
          className="font-mono text-xs"
          rows={Math.min(10, draft.body.split("\n").length + 1)}
          spellCheck={false}
          value={draft.body}
          onChange={(event) => onChange({ body: event.target.value })}
        />
      )}
    </Field>
  );
}
