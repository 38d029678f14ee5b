"use client";

import { Download } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { BodyView } from "#components/body/body-kind.ts";
import type { BodySource } from "#components/body/body-source.ts";
import { CharsetNote } from "#components/body/charset-note.tsx";
import { DecodingNote } from "#components/body/decoding-note.tsx";
import { deferred } from "#components/body/deferred.tsx";
import { HexView } from "#components/body/hex-view.tsx";
import type { OpenedBody } from "#components/body/open-body.ts";
import { saveBytes } from "#components/body/save-bytes.ts";
import { TextView } from "#components/body/text-view.tsx";
import { TreeView } from "#components/body/tree-view.tsx";
import { type Opening, useOpenedBody } from "#components/body/use-opened-body.ts";
import { Added } from "#components/ui/added.tsx";
import { Button, buttonStyle } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Tabs } from "#components/ui/tabs.tsx";

const FormView = deferred(async () => (await import("./form-view.tsx")).FormView);
const MultipartView = deferred(async () => (await import("./multipart-view.tsx")).MultipartView);
const PreviewView = deferred(async () => (await import("./preview-view.tsx")).PreviewView);
const ImageView = deferred(async () => (await import("./image-view.tsx")).ImageView);
const PdfView = deferred(async () => (await import("./pdf-view.tsx")).PdfView);

const LABELS: Record<BodyView, string> = {
  json: "JSON",
  ndjson: "NDJSON",
  form: "Form",
  multipart: "Parts",
  xml: "XML",
  html: "HTML",
  preview: "Preview",
  image: "Image",
  pdf: "PDF",
  text: "Text",
  hex: "Hex",
};

/** What Inlet does to the bytes in these views. */
const ADDED: Partial<Record<BodyView, string>> = {
  json: "indented",
  ndjson: "indented",
  xml: "indented",
  form: "decoded",
};

export type BodyViewerProps = {
  /** Keep it the same from render to render: another one is another body. */
  source: BodySource;
  contentType: string | null;
  contentEncoding: string | null;
  /** What a download is called. */
  name: string;
  /** The view that was chosen; null leaves the choice to the content. Without it the viewer keeps it. */
  view?: BodyView | null;
  onView?: (view: BodyView | null) => void;
};

/** Any bytes in the views that make sense of them. Read only; needs nothing but its props. */
export function BodyViewer(props: BodyViewerProps) {
  const { source, contentType, contentEncoding, name } = props;
  const [asSent, setAsSent] = useState(false);
  const [ownView, setOwnView] = useState<BodyView | null>(null);
  // The type is that of the decoded content.
  const opening = useOpenedBody(
    source,
    asSent ? null : contentType,
    asSent ? null : contentEncoding,
  );
  const { body } = opening;
  if (!body) return <Waiting opening={opening} size={"size" in source ? source.size : null} />;

  const { views } = body.facts;
  const chosen = props.onView ? (props.view ?? null) : ownView;
  const view = chosen && views.includes(chosen) ? chosen : views[0]!;
  const choose = props.onView ?? setOwnView;
  return (
    <Tabs
      label="How to show the body"
      value={view}
      onValueChange={(next) => choose(next === views[0] ? null : next)}
      tabs={views.map((value) => ({ value, label: LABELS[value] }))}
      actions={
        <div className="flex flex-wrap items-center gap-1">
          {ADDED[view] && !(body.facts.faulty && view === views[0]) && <Added>{ADDED[view]}</Added>}
          {!body.facts.lossy && (
            <CopyButton
              text={() => body.ask("text")}
              label={body.decoding ? "Copy the decoded body" : "Copy the body as sent"}
            />
          )}
          {body.decoding && body.decoding.undone.length > 0 && (
            <SaveButton label="Download decoded" onClick={() => saveBytes(body.bytes, name)} />
          )}
          <SaveAsSent
            label={body.decoding ? "Download as sent" : "Download"}
            href={source.href}
            onSave={() => saveBytes(body.raw, name)}
          />
        </div>
      }
    >
      <div className="flex flex-col gap-2">
        <DecodingNote
          body={body}
          contentEncoding={contentEncoding}
          asSent={asSent}
          onAsSent={setAsSent}
        />
        <CharsetNote facts={body.facts} view={view} />
        <View key={view} body={body} view={view} />
      </div>
    </Tabs>
  );
}

function View({ body, view }: { body: OpenedBody; view: BodyView }): ReactNode {
  const { bytes, facts } = body;
  switch (view) {
    case "json":
    case "ndjson":
    case "xml":
      return <TreeView body={body} view={view} />;
    case "form":
      return <FormView body={body} />;
    case "multipart":
      return <MultipartView body={body} />;
    case "html":
      return <TextView body={body} markup />;
    case "preview":
      return <PreviewView body={body} />;
    case "image":
      return <ImageView bytes={bytes} type={facts.image!} />;
    case "pdf":
      return <PdfView bytes={bytes} />;
    case "text":
      return <TextView body={body} />;
    case "hex":
      return <HexView bytes={bytes} />;
  }
}

function SaveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button variant="ghost" size="sm" onClick={onClick}>
      <Download aria-hidden />
      {label}
    </Button>
  );
}

type SaveAsSentProps = { label: string; href: string | undefined; onSave: () => void };

/** From the server, which streams it, or else from what is here. */
function SaveAsSent({ label, href, onSave }: SaveAsSentProps) {
  if (href === undefined) return <SaveButton label={label} onClick={onSave} />;
  return (
    <a href={href} download className={buttonStyle({ variant: "ghost", size: "sm" })}>
      <Download aria-hidden />
      {label}
    </a>
  );
}

function Waiting({ opening, size }: { opening: Opening; size: number | null }) {
  const { received, error, retry } = opening;
  if (error !== null) {
    return (
      <div className="flex flex-col items-start gap-2">
        <InlineError>{describeError(error)}</InlineError>
        <Button size="sm" onClick={retry}>
          Try again
        </Button>
      </div>
    );
  }
  return (
    <div className="flex h-24 animate-appear-late flex-col gap-2 text-faint text-xs">
      <p>
        {received === null ? "Loading…" : `Loading, ${formatBytes(received)}`}
        {received !== null && size !== null && ` of ${formatBytes(size)}`}
      </p>
      {received !== null && size !== null && (
        <progress
          aria-label="Loading the body"
          value={received}
          max={Math.max(size, received)}
          className="h-1 w-48 appearance-none overflow-hidden rounded bg-hover [&::-webkit-progress-bar]:bg-hover [&::-webkit-progress-value]:bg-accent"
        />
      )}
    </div>
  );
}
