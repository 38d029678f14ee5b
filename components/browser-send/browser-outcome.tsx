"use client";

import { ArrowLeft } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import type { BodySource } from "#components/body/body-source.ts";
import { BodyViewer } from "#components/body/body-viewer.tsx";
import { explainResult } from "#components/browser-send/explain-result.ts";
import type { FetchPlan } from "#components/browser-send/plan-fetch.ts";
import type { BrowserAnswer, BrowserResult } from "#components/browser-send/protocol.ts";
import { TargetConsent } from "#components/browser-send/target-consent.tsx";
import { HeaderSection } from "#components/capture/header-section.tsx";
import { formatMs } from "#components/resend/waterfall.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { describeError } from "#components/ui/describe-error.ts";
import { DialogActions } from "#components/ui/dialog.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Section } from "#components/ui/section.tsx";

/** How the browser was to send: as asked, without reading the answer, or only to see who answers. */
export type BrowserTry = "read" | "blind" | "check";

type BrowserOutcomeProps = {
  as: BrowserTry;
  result: BrowserResult;
  /** Method and URL. */
  request: string;
  plan: FetchPlan;
  isSending: boolean;
  error: unknown;
  onTry: (as: BrowserTry) => void;
  onEdit: () => void;
  onClose: () => void;
};

/** What came of sending from the browser, as far as the browser tells. */
export function BrowserOutcome(props: BrowserOutcomeProps) {
  const { as, result, request, plan, isSending, error, onTry, onEdit, onClose } = props;
  const { title, tone, text } = explainResult(as, result, plan);
  const heading = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each result is read from its beginning
  useEffect(() => heading.current?.focus(), [result]);

  const isUnread = result.type === "failed" && result.why === "refused" && as !== "blind";
  const isReadable = result.type === "answer";
  const canBlind = plan.preflight.length === 0;
  return (
    <div className="flex flex-col gap-4">
      <div
        ref={heading}
        tabIndex={-1}
        role="status"
        className={cn(
          "flex flex-col gap-1 rounded-md border px-3 py-2 text-sm outline-none [overflow-wrap:anywhere]",
          tone === "bad" ? "border-red-line bg-red-soft" : "bg-subtle",
        )}
      >
        <p className="font-medium">
          <Exact text={title} /> <span className="text-muted">· {formatMs(result.totalMs)}</span>
        </p>
        <p className="font-mono text-muted text-xs">
          <Exact text={request} />
        </p>
        {text.map((line) => (
          <p key={line} className="text-muted">
            <Exact text={line} />
          </p>
        ))}
      </div>
      {isUnread && (
        <div className="flex flex-wrap gap-2">
          {as === "read" && (
            <Button disabled={isSending} onClick={() => onTry("check")}>
              Check whether anything answers
            </Button>
          )}
          {canBlind && (
            <Button disabled={isSending} onClick={() => onTry("blind")}>
              Send without reading the answer
            </Button>
          )}
        </div>
      )}
      {as === "check" && result.type === "hidden" && canBlind && (
        <Button className="self-start" disabled={isSending} onClick={() => onTry("blind")}>
          Send without reading the answer
        </Button>
      )}
      {!isReadable && (as !== "read" || isUnread) && (
        <Section title="What the target has to answer to be readable">
          <TargetConsent plan={plan} />
        </Section>
      )}
      {isReadable && <Answer answer={result} />}
      {error !== null && <InlineError>{describeError(error)}</InlineError>}
      <p className="text-faint text-xs">
        Your browser's report: Inlet's server had no part in it, and it is gone once this is closed.
      </p>
      <DialogActions>
        <Button className="mr-auto" onClick={onEdit}>
          <ArrowLeft aria-hidden />
          Back to the request
        </Button>
        <Button disabled={isSending} onClick={() => onTry("read")}>
          {isSending ? "Sending…" : "Send again"}
        </Button>
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      </DialogActions>
    </div>
  );
}

function Answer({ answer }: { answer: BrowserAnswer }) {
  const { headers, body, truncated } = answer;
  const source = useMemo<BodySource>(() => ({ bytes: body }), [body]);
  const headerOf = (wanted: string) => headers.find(([name]) => name === wanted)?.[1] ?? null;
  return (
    <>
      <HeaderSection title="Response: headers that the browser shows" headers={headers} />
      <Section title="Response: body">
        {truncated && (
          <p className="text-amber text-xs">
            This is the beginning of the body: it was longer than 1 MiB, or broke off.
          </p>
        )}
        {body.byteLength === 0 ? (
          <p className="text-faint text-sm">The response has no body.</p>
        ) : (
          <BodyViewer
            source={source}
            contentType={headerOf("content-type")}
            // The browser has undone it.
            contentEncoding={null}
            name="response.bin"
          />
        )}
      </Section>
    </>
  );
}
