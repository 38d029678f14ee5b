"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { BrowserOutcome, type BrowserTry } from "#components/browser-send/browser-outcome.tsx";
import { FetchPlanNotes } from "#components/browser-send/fetch-plan-notes.tsx";
import { planFetch } from "#components/browser-send/plan-fetch.ts";
import type { BrowserResult } from "#components/browser-send/protocol.ts";
import { sendFromBrowser } from "#components/browser-send/send-from-browser.ts";
import { readHeaders } from "#components/resend/headers-draft.ts";
import {
  draftOf,
  isEdited,
  loadBody,
  type ResendDraft,
  targetOf,
  toInput,
} from "#components/resend/resend-draft.ts";
import { ResendFields } from "#components/resend/resend-fields.tsx";
import { resend, stateOf } from "#components/resend/resends.ts";
import { type SendFrom, SendFromChoice } from "#components/resend/send-from.tsx";
import { suggestsBrowser } from "#components/resend/suggests-browser.ts";
import { noteTarget } from "#components/resend/used-targets.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { DialogActions } from "#components/ui/dialog.tsx";
import { focusFirstInvalid } from "#components/ui/focus-first-invalid.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import type { Capture } from "#lib/contract/capture.ts";
import type { ResendInput } from "#lib/contract/delivery.ts";
import { RESPONSE_MAX_BYTES } from "#lib/contract/limits.ts";
import type { HeaderPair } from "#lib/contract/reply.ts";

type ResendFormProps = {
  capture: Capture;
  startFrom?: SendFrom;
  /** Another way of sending than as the capture's owner, who alone can send from the browser. */
  send?: (input: ResendInput) => Promise<unknown>;
  onDone: () => void;
};

export function ResendForm({ capture, startFrom = "server", send, onDone }: ResendFormProps) {
  const [draft, setDraft] = useState(() => draftOf(capture));
  const [from, setFrom] = useState(startFrom);
  const [isSending, setSending] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [tried, setTried] = useState(false);
  const [result, setResult] = useState<{ as: BrowserTry; result: BrowserResult } | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const underway = useRef<AbortController>(null);
  useEffect(() => () => underway.current?.abort(), []);

  const set = (change: Partial<ResendDraft>) => setDraft((before) => ({ ...before, ...change }));
  const input = toInput(draft, capture);
  const isBrowser = from === "browser";
  const plan = planOf(draft, readHeaders(draft.headers).headers ?? [], capture);
  const [latest] = stateOf(capture.id).deliveries ?? [];

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (isSending) return;
    setTried(true);
    if (input.headers && readHeaders(draft.headers).error !== null) {
      return focusFirstInvalid(form.current!);
    }
    if (isBrowser) return sendAs("read");
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

  async function sendAs(as: BrowserTry) {
    const url = targetOf(draft, capture);
    if (plan.impossible !== null || url === null) return;
    const abort = new AbortController();
    underway.current = abort;
    setSending(true);
    setError(null);
    const isCheck = as === "check";
    try {
      const body = isCheck ? null : await loadBody(input, capture, abort.signal);
      const sent = await sendFromBrowser(
        {
          url,
          method: isCheck ? "HEAD" : plan.method,
          headers: isCheck ? [] : plan.headers,
          body,
          mode: as === "read" ? "cors" : "no-cors",
          // Without reading, a browser follows or sends nothing.
          followRedirects: draft.followRedirects || as !== "read",
          timeoutMs: input.timeoutMs!,
          maxBytes: RESPONSE_MAX_BYTES,
        },
        abort.signal,
      );
      noteTarget(input.url);
      setResult({ as, result: sent });
    } catch (cause) {
      if (!abort.signal.aborted) setError(cause);
    } finally {
      setSending(false);
    }
  }

  if (result) {
    return (
      <BrowserOutcome
        {...result}
        request={`${plan.method} ${targetOf(draft, capture)}`}
        plan={plan}
        isSending={isSending}
        error={error}
        onTry={sendAs}
        onEdit={() => setResult(null)}
        onClose={onDone}
      />
    );
  }
  return (
    <form ref={form} onSubmit={submit} className="flex flex-col gap-4">
      {!send && (
        <SendFromChoice
          from={from}
          onChange={setFrom}
          unreached={latest && suggestsBrowser(latest) ? new URL(latest.url).host : null}
        />
      )}
      <ResendFields
        capture={capture}
        draft={draft}
        onChange={set}
        tried={tried}
        notesOf={isBrowser ? (headers) => planOf(draft, headers, capture).notes : undefined}
      />
      {isBrowser && <FetchPlanNotes plan={plan} />}
      {error !== null && <InlineError>{describeError(error)}</InlineError>}
      <div className="sticky -bottom-4 -mx-5 -mb-5 flex flex-wrap items-center justify-between gap-2 rounded-b-lg border-t bg-canvas px-5 py-3 max-sm:-mx-4 max-sm:-mb-4 max-sm:px-4">
        <span className="text-faint text-xs" role="status">
          {isSending
            ? "Waiting for the target…"
            : isBrowser
              ? "As a browser sends it"
              : isEdited(input)
                ? "Edited"
                : send
                  ? "Not edited: goes as it is shown"
                  : "Not edited: goes as it came"}
        </span>
        <DialogActions>
          <Button onClick={onDone}>{isSending ? "Close" : "Cancel"}</Button>
          <Button
            type="submit"
            variant="primary"
            disabled={isSending || (isBrowser && plan.impossible !== null)}
          >
            {isSending ? "Sending…" : isBrowser ? "Send from my browser" : "Send"}
          </Button>
        </DialogActions>
      </div>
    </form>
  );
}

function planOf(draft: ResendDraft, headers: readonly HeaderPair[], capture: Capture) {
  const { body } = toInput(draft, capture);
  const bodySize = body && "text" in body ? body.text.length : capture.bodySize;
  const { protocol } = location;
  return planFetch({
    url: draft.url.trim(),
    method: draft.method,
    headers,
    bodySize,
    pageProtocol: protocol,
  });
}
