"use client";

import { type FormEvent, useId, useRef, useState } from "react";
import { draftHeaders, type HeadersDraft, readHeaders } from "#components/resend/headers-draft.ts";
import { ResendHeaders } from "#components/resend/resend-headers.tsx";
import { resend } from "#components/resend/resends.ts";
import { noteTarget, usedTargets } from "#components/resend/used-targets.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { DialogActions } from "#components/ui/dialog.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { Field } from "#components/ui/field.tsx";
import { focusFirstInvalid } from "#components/ui/focus-first-invalid.ts";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Input, Textarea } from "#components/ui/input.tsx";
import type { Capture } from "#lib/contract/capture.ts";
import type { ResendInput } from "#lib/contract/delivery.ts";

/** A call's body may have 1 MiB, and JSON writes some characters with six bytes. */
const EDITABLE_BODY_MAX = 128 * 1024;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

type Draft = {
  url: string;
  path: "keep" | "replace";
  method: string;
  headers: HeadersDraft;
  body: string;
  followRedirects: boolean;
  seconds: string;
};

function draftOf(capture: Capture): Draft {
  return {
    url: usedTargets()[0] ?? "",
    path: "keep",
    method: capture.method,
    headers: draftHeaders(capture.headers),
    // As a text field has it: without the CR of each line's end.
    body: (capture.text ?? "").replaceAll("\r\n", "\n"),
    followRedirects: false,
    seconds: "30",
  };
}

const toCrlf = (text: string) => text.replaceAll("\n", "\r\n");

/** A text field would change the ends of lines that are not all of one kind. */
function keepsLineEnds(text: string): boolean {
  const plain = text.replaceAll("\r\n", "\n");
  return !plain.includes("\r") && (plain === text || toCrlf(plain) === text);
}

/** What goes to the server: of what was not edited nothing, so that the capture's own bytes go. */
function toInput(draft: Draft, capture: Capture): ResendInput {
  const start = draftOf(capture);
  const { headers } = readHeaders(draft.headers);
  const isSame = JSON.stringify(headers) === JSON.stringify(capture.headers);
  return {
    url: draft.url.trim(),
    path: draft.path,
    followRedirects: draft.followRedirects,
    timeoutMs: Math.round(Number(draft.seconds) * 1000),
    ...(draft.method !== start.method && { method: draft.method }),
    ...(!isSame && { headers: headers ?? [] }),
    ...(draft.body !== start.body && {
      body: { text: capture.text?.includes("\r\n") ? toCrlf(draft.body) : draft.body },
    }),
  };
}

/** What the target will be asked for, or null while the URL is none. */
function previewOf({ url, path, method }: Draft, capture: Capture): string | null {
  const text = url.trim();
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) return null;
  const target = new URL(text);
  if (path === "replace") return `${method} ${target.origin}${target.pathname}${target.search}`;
  const base = target.pathname.replace(/\/$/, "");
  const whole = capture.path === "/" ? target.pathname : base + capture.path;
  const query = [target.search.slice(1) || null, capture.query].filter((part) => part !== null);
  return `${method} ${target.origin}${whole}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

type ResendFormProps = {
  capture: Capture;
  /** Another way of sending than as the capture's owner. */
  send?: (input: ResendInput) => Promise<unknown>;
  onDone: () => void;
};

export function ResendForm({ capture, send, onDone }: ResendFormProps) {
  const [draft, setDraft] = useState(() => draftOf(capture));
  const [targets] = useState(usedTargets);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [tried, setTried] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const lists = useId();

  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const preview = previewOf(draft, capture);
  const isEdited = Object.keys(toInput(draft, capture)).some((key) =>
    ["method", "headers", "body"].includes(key),
  );
  const isShort = capture.bodySize <= EDITABLE_BODY_MAX;
  const canEditBody = isShort && capture.text !== null && keepsLineEnds(capture.text);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isSending) return;
    setTried(true);
    const input = toInput(draft, capture);
    if (input.headers && readHeaders(draft.headers).error !== null) {
      return focusFirstInvalid(form.current!);
    }
    setSending(true);
    setError(null);
    try {
      await (send ? send(input) : resend(capture.id, input));
      noteTarget(input.url);
      onDone();
    } catch (cause) {
      setError(cause);
      setSending(false);
    }
  }

  return (
    <form ref={form} onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="Target URL"
        hint={preview === null ? "As in http://localhost:8080/webhooks" : undefined}
      >
        {(control) => (
          <Input
            {...control}
            className="font-mono"
            type="url"
            required
            autoFocus
            list={`${lists}-targets`}
            placeholder="https://"
            value={draft.url}
            onChange={(event) => set({ url: event.target.value })}
          />
        )}
      </Field>
      <datalist id={`${lists}-targets`}>
        {targets.map((url) => (
          <option key={url} value={url} />
        ))}
      </datalist>
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
          onChange={() => set({ path: "keep" })}
        >
          Put the capture's path and query below the URL
        </Choice>
        <Choice
          name={`${lists}-path`}
          checked={draft.path === "replace"}
          onChange={() => set({ path: "replace" })}
        >
          Send to exactly this URL
        </Choice>
        {preview !== null && (
          <p className="mt-1 rounded-md border bg-subtle px-3 py-1.5 font-mono text-xs [overflow-wrap:anywhere]">
            <Exact text={preview} />
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
              onChange={(event) => set({ method: event.target.value.trim() })}
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
              onChange={(event) => set({ seconds: event.target.value })}
            />
          )}
        </Field>
      </div>

      <ResendHeaders draft={draft.headers} tried={tried} onChange={(headers) => set({ headers })} />

      {canEditBody ? (
        <Field
          label="Body"
          hint={
            draft.body === draftOf(capture).body
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
              onChange={(event) => set({ body: event.target.value })}
            />
          )}
        </Field>
      ) : (
        <p className="text-muted text-sm">
          The body's {formatBytes(capture.bodySize)} go as they are:{" "}
          {!isShort
            ? "they are too many to edit here."
            : capture.text === null
              ? "they are not text."
              : "a text field would change the ends of their lines."}
        </p>
      )}

      <label className="flex items-center gap-2 text-sm pointer-coarse:min-h-11">
        <input
          type="checkbox"
          className="size-4 accent-accent"
          checked={draft.followRedirects}
          onChange={(event) => set({ followRedirects: event.target.checked })}
        />
        Follow redirects
      </label>

      {capture.truncated && (
        <p className="text-amber text-sm">The capture's body was cut: only its beginning goes.</p>
      )}
      {error !== null && <InlineError>{describeError(error)}</InlineError>}
      <div className="sticky -bottom-4 -mx-5 -mb-5 flex flex-wrap items-center justify-between gap-2 rounded-b-lg border-t bg-canvas px-5 py-3 max-sm:-mx-4 max-sm:-mb-4 max-sm:px-4">
        <span className="text-faint text-xs" role="status">
          {isSending
            ? "Waiting for the target…"
            : isEdited
              ? "Edited"
              : "Not edited: goes as it came"}
        </span>
        <DialogActions>
          <Button onClick={onDone}>{isSending ? "Close" : "Cancel"}</Button>
          <Button type="submit" variant="primary" disabled={isSending}>
            {isSending ? "Sending…" : "Send"}
          </Button>
        </DialogActions>
      </div>
    </form>
  );
}

type ChoiceProps = { name: string; checked: boolean; onChange: () => void; children: string };

function Choice({ name, checked, onChange, children }: ChoiceProps) {
  return (
    <label className="flex items-center gap-2 pointer-coarse:min-h-11">
      <input
        type="radio"
        name={name}
        className="size-4 accent-accent"
        checked={checked}
        onChange={onChange}
      />
      {children}
    </label>
  );
}
