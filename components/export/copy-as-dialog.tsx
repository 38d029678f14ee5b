"use client";

import { useEffect, useState } from "react";
import { bytesUrl } from "#components/api/captures.ts";
import { request } from "#components/api/request.ts";
import { FormatSelect } from "#components/export/format-select.tsx";
import {
  CODE_FORMATS,
  captureExportPath,
  lastFormat,
  rememberFormat,
} from "#components/export/formats.ts";
import { DownloadLink } from "#components/share/download-link.tsx";
import { cn } from "#components/ui/cn.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import type { Capture } from "#lib/contract/capture.ts";
import type { CaptureFormat } from "#lib/contract/export.ts";
import { limitsOf } from "#lib/export/limits-of.ts";

/** Laying out more than this is noticed; what is copied is whole. */
const SHOWN_CHARACTERS = 64 * 1024;

type CopyAsDialogProps = { capture: Capture; open: boolean; onOpenChange: (open: boolean) => void };

export function CopyAsDialog({ capture, open, onOpenChange }: CopyAsDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title={`Take capture #${capture.seq} away`}
      description="As code that sends the request again, or as a file."
    >
      <Contents capture={capture} />
    </Dialog>
  );
}

function Contents({ capture }: { capture: Capture }) {
  const [format, setFormat] = useState<CaptureFormat>(lastFormat);
  const snippet = useSnippet(capture.id, format);
  const limits = limitsOf({ capture }, format);
  const choose = (next: CaptureFormat) => {
    rememberFormat(next);
    setFormat(next);
  };
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="flex items-end gap-2">
        <FormatSelect label="Copy as" value={format} formats={CODE_FORMATS} onChange={choose} />
        <CopyButton
          text={snippet.text ?? ""}
          label="Copy the code"
          caption="Copy"
          variant="primary"
          className={cn("pointer-coarse:h-11", snippet.text === null && "invisible")}
        />
      </div>
      {limits.length > 0 && (
        <ul
          aria-label="What is not the same"
          className="list-disc rounded-md border bg-subtle py-2 pr-3 pl-7 text-muted text-sm"
        >
          {limits.map((limit) => (
            <li key={limit}>{limit}</li>
          ))}
        </ul>
      )}
      {snippet.error !== null ? (
        <InlineError>{describeError(snippet.error)}</InlineError>
      ) : (
        <section
          aria-label="Code"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by key
          tabIndex={0}
          className="max-h-[45vh] min-h-24 overflow-auto rounded-md border bg-subtle p-3"
        >
          <pre className="font-mono text-xs">
            {snippet.text === null ? "Loading…" : snippet.text.slice(0, SHOWN_CHARACTERS)}
            {(snippet.text?.length ?? 0) > SHOWN_CHARACTERS &&
              "\n… (copy or download for the rest)"}
          </pre>
        </section>
      )}
      <div className="flex flex-wrap gap-1">
        <DownloadLink href={`/api/v1${captureExportPath(capture.id, format)}`} label="This code" />
        <DownloadLink href={bytesUrl(capture.id, "body")} label="Raw body" />
        <DownloadLink href={bytesUrl(capture.id, "http")} label="Raw HTTP" />
        <DownloadLink href={`/api/v1${captureExportPath(capture.id, "har")}`} label="HAR" />
        <DownloadLink href={`/api/v1${captureExportPath(capture.id, "http")}`} label=".http" />
        <DownloadLink href={`/api/v1${captureExportPath(capture.id, "json")}`} label="JSON" />
      </div>
    </div>
  );
}

type Loaded = { key: string; text: string | null; error: unknown };

function useSnippet(id: string, format: CaptureFormat): Omit<Loaded, "key"> {
  const path = captureExportPath(id, format);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    request(path, { signal: abort.signal })
      .then((response) => response.text())
      .then(
        (text) => setLoaded({ key: path, text, error: null }),
        (error: unknown) => {
          if (!abort.signal.aborted) setLoaded({ key: path, text: null, error });
        },
      );
    return () => abort.abort();
  }, [path]);
  return loaded?.key === path ? loaded : { text: null, error: null };
}
