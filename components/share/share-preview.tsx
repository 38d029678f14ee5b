"use client";

import { Eye, EyeOff } from "lucide-react";
import { useEffect, useState } from "react";
import { previewShare } from "#components/api/shares.ts";
import { SharedCapture } from "#components/share/shared-capture.tsx";
import { toggleField } from "#components/share/toggle-field.ts";
import { cn } from "#components/ui/cn.ts";
import { describeError } from "#components/ui/describe-error.ts";
import { Exact } from "#components/ui/exact.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import type { SharePreview as Preview, RedactedField, Redaction } from "#lib/contract/share.ts";

type SharePreviewProps = {
  captureId: string;
  ofBin: boolean;
  redact: boolean;
  fields: Redaction;
  onFields: (fields: Redaction) => void;
};

/** Exactly what the link's holder will see, as the server gives it, and what to change about it. */
export function SharePreview({ captureId, ofBin, redact, fields, onFields }: SharePreviewProps) {
  const [preview, setPreview] = useState<Preview | null>(null);
  const [error, setError] = useState<string | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    previewShare(captureId, { redact, fields }, abort.signal).then(
      (next) => {
        setPreview(next);
        setError(null);
      },
      (cause) => {
        if (!abort.signal.aborted) setError(describeError(cause));
      },
    );
    return () => abort.abort();
  }, [captureId, redact, fields]);

  if (error) return <InlineError>{error}</InlineError>;
  if (!preview) return <p className="animate-appear-late text-faint text-sm">Loading…</p>;
  return (
    <div className="flex min-w-0 flex-col gap-3">
      {redact && (
        <div className="flex flex-col gap-2">
          <p className="text-muted text-sm">
            Click a field to hide it or to show it.
            {ofBin && " These are of the newest capture; what you choose holds for all."}
          </p>
          <ul
            aria-label="Fields"
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller has to be reachable by keyboard
            tabIndex={0}
            className="ring-inset-focus max-h-64 divide-y overflow-y-auto rounded-md border"
          >
            {preview.fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: addresses repeat, and keep their order
              <li key={`${index} ${field.address}`}>
                <FieldRow field={field} onToggle={() => onFields(toggleField(fields, field))} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <details className="rounded-md border">
        <summary className="ring-inset-focus rounded-md px-3 py-2 font-medium text-sm hover:bg-subtle">
          See exactly what they will see
        </summary>
        <div className="border-t p-3">
          <SharedCapture capture={preview.capture} secret={null} />
        </div>
      </details>
    </div>
  );
}

const KINDS: Record<string, string> = {
  header: "header",
  query: "query",
  form: "form",
  json: "JSON",
  part: "part",
  path: "path",
  text: "text",
  token: "token",
  url: "in a URL",
  xml: "XML",
};

function readAddress(address: string): { kind: string; name: string } {
  const split = address.indexOf(":");
  const kind = KINDS[address.slice(0, split)];
  if (address === "remoteIp") return { kind: "sender", name: "address" };
  if (address === "body") return { kind: "body", name: "all of it" };
  return kind ? { kind, name: address.slice(split + 1) || "/" } : { kind: "", name: address };
}

function FieldRow({ field, onToggle }: { field: RedactedField; onToggle: () => void }) {
  const { kind, name } = readAddress(field.address);
  const Icon = field.hidden ? EyeOff : Eye;
  return (
    <button
      type="button"
      aria-pressed={field.hidden}
      aria-label={`Hide ${kind} ${name}`}
      onClick={onToggle}
      className="ring-inset-focus grid w-full grid-cols-[16px_minmax(0,2fr)_minmax(0,3fr)] items-center gap-3 px-3 py-1.5 text-left hover:bg-hover pointer-coarse:py-2.5"
    >
      <Icon className={cn("size-4", field.hidden ? "text-amber" : "text-faint")} aria-hidden />
      <span className="text-xs [overflow-wrap:anywhere]">
        <span className="text-faint">{kind}</span>{" "}
        <span className="as-sent text-muted">
          <Exact text={name.slice(0, 200)} />
        </span>
      </span>
      <span className={cn("as-sent truncate text-xs", field.hidden && "text-amber")}>
        <Exact text={field.value.slice(0, 300)} />
      </span>
    </button>
  );
}
