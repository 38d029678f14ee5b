"use client";

import { useEffect, useLayoutEffect, useRef } from "react";
import { ApiError } from "#components/api/api-error.ts";
import { updateCapture } from "#components/api/captures.ts";
import { BodySection } from "#components/body/body-section.tsx";
import { DeferredBodyViewer } from "#components/body/deferred-body-viewer.ts";
import { DetailBar } from "#components/capture/detail-bar.tsx";
import { Facts } from "#components/capture/facts.tsx";
import { HeaderSection } from "#components/capture/header-section.tsx";
import { Note } from "#components/capture/note.tsx";
import { ProblemNotice } from "#components/capture/problem-notice.tsx";
import { QuerySection } from "#components/capture/query-section.tsx";
import { ReceivedSection } from "#components/capture/received-section.tsx";
import { RequestLine } from "#components/capture/request-line.tsx";
import { useCapture } from "#components/capture/use-capture.ts";
import { replaceView, useViewState } from "#components/dashboard/use-view-state.ts";
import { DeliveriesSection } from "#components/resend/deliveries-section.tsx";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import type { Capture, UpdateCapture } from "#lib/contract/capture.ts";

type CaptureDetailProps = {
  id: string;
  /** It was deleted while it is shown. */
  removed: boolean;
  onBack: () => void;
  onChanged: (capture: Capture) => void;
  onDelete: (capture: Capture) => Promise<void>;
};

export function CaptureDetail({ id, removed, onBack, onChanged, onDelete }: CaptureDetailProps) {
  const { capture, error, retry, replace } = useCapture(id, removed);
  const isMissing = removed || (error instanceof ApiError && error.code === "not_found");
  const shown = isMissing ? null : capture;
  const shownId = shown?.id;
  const article = useRef<HTMLElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each capture is read from its top
  useLayoutEffect(() => {
    article.current?.scrollIntoView({ block: "start" });
  }, [shownId]);

  // While the capture is on its way.
  useEffect(DeferredBodyViewer.preload, []);

  async function update(change: UpdateCapture) {
    const changed = await updateCapture(shownId!, change);
    replace(changed);
    onChanged(changed);
  }

  return (
    <article ref={article} aria-busy={shownId !== id} className="flex min-h-full flex-col">
      <DetailBar
        key={`bar ${shownId}`}
        capture={shown}
        onBack={onBack}
        onStar={(starred) => update({ starred })}
        onDelete={() => onDelete(shown!)}
      />
      {isMissing ? (
        <Missing onBack={onBack} />
      ) : error !== null ? (
        <div className="flex flex-col items-start gap-3 p-4 md:px-6">
          <InlineError>{describeError(error)}</InlineError>
          <Button onClick={retry}>Try again</Button>
        </div>
      ) : shown === null ? (
        <p className="animate-appear-late p-4 text-faint text-sm md:px-6">Loading…</p>
      ) : (
        <Contents key={`contents ${shownId}`} capture={shown} onNote={(note) => update({ note })} />
      )}
    </article>
  );
}

type ContentsProps = { capture: Capture; onNote: (note: string | null) => Promise<void> };

function Contents({ capture, onNote }: ContentsProps) {
  const isRequest = capture.problem !== "malformed";
  const { view } = useViewState();
  return (
    <div className="flex max-w-[1080px] flex-col gap-6 px-4 py-5 md:px-6">
      <div className="flex flex-col gap-4">
        <RequestLine capture={capture} />
        <ProblemNotice capture={capture} />
        <Facts capture={capture} />
        <Note note={capture.note} onSave={onNote} />
      </div>
      <DeliveriesSection binId={capture.binId} captureId={capture.id} />
      {capture.query !== null && <QuerySection query={capture.query} />}
      {isRequest && <HeaderSection title="Headers" headers={capture.headers} />}
      <BodySection capture={capture} view={view} onView={(next) => replaceView({ view: next })} />
      {capture.trailers.length > 0 && <HeaderSection title="Trailers" headers={capture.trailers} />}
      {isRequest && <ReceivedSection capture={capture} />}
    </div>
  );
}

function Missing({ onBack }: { onBack: () => void }) {
  return (
    <div className="flex flex-col items-start gap-3 p-4 md:px-6">
      <p className="max-w-[56ch] text-muted">
        This capture does not exist (any more). It was deleted, or made room for newer ones.
      </p>
      <Button onClick={onBack}>Back to the list</Button>
    </div>
  );
}
