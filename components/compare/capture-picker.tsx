"use client";

import { useEffect, useState } from "react";
import { getCaptures } from "#components/api/captures.ts";
import { Method } from "#components/captures/method.tsx";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { Field } from "#components/ui/field.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Input } from "#components/ui/input.tsx";
import { ClockTime } from "#components/ui/time.tsx";
import type { CapturePage, Summary } from "#lib/contract/capture.ts";

type CapturePickerProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  binId: string;
  /** Ids that make no sense here. */
  except: readonly string[];
  onPick: (id: string) => void;
};

/** Any capture of the bin, newest first. */
export function CapturePicker({
  open,
  onOpenChange,
  title,
  description,
  ...props
}: CapturePickerProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description ?? "Any capture of this bin, newest first."}
    >
      <Choices {...props} />
    </Dialog>
  );
}

type ChoicesProps = Pick<CapturePickerProps, "binId" | "except" | "onPick">;

function Choices({ binId, except, onPick }: ChoicesProps) {
  const [text, setText] = useState("");
  const [page, setPage] = useState<CapturePage | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [before, setBefore] = useState<number | undefined>(undefined);

  useEffect(() => {
    const abort = new AbortController();
    getCaptures(binId, { before, signal: abort.signal }).then(
      (next) => {
        setError(null);
        setPage((known) =>
          before === undefined || known === null
            ? next
            : { ...next, captures: [...known.captures, ...next.captures] },
        );
      },
      (cause) => {
        if (!abort.signal.aborted) setError(cause);
      },
    );
    return () => abort.abort();
  }, [binId, before]);

  const wanted = text.trim().toLowerCase();
  const matches = (page?.captures ?? []).filter(
    (capture) => !except.includes(capture.id) && nameOf(capture).toLowerCase().includes(wanted),
  );
  const last = page?.captures.at(-1);

  return (
    <div className="flex min-h-0 flex-col gap-3">
      <Field label="Filter by number, method or path" error={null}>
        {(control) => (
          <Input
            {...control}
            value={text}
            autoFocus
            autoComplete="off"
            onChange={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      {error !== null && <InlineError>{describeError(error)}</InlineError>}
      {page === null && error === null && (
        <p className="animate-appear-late text-faint text-sm">Loading…</p>
      )}
      {page !== null && matches.length === 0 && (
        <p className="text-muted text-sm">
          {wanted === ""
            ? "There is no other capture in this bin."
            : "None of those that are loaded matches."}
        </p>
      )}
      <ul className="-mx-2 max-h-[45dvh] overflow-y-auto">
        {matches.map((capture) => (
          <li key={capture.id}>
            <button
              type="button"
              onClick={() => onPick(capture.id)}
              className="ring-inset-focus flex w-full items-center gap-2 rounded px-2 py-1.5 text-left text-sm hover:bg-hover pointer-coarse:min-h-11"
            >
              <span className="w-12 shrink-0 text-faint text-xs">#{capture.seq}</span>
              <span className="as-sent min-w-0 flex-1 truncate text-xs">
                <Method method={capture.method} /> <Exact text={capture.path.slice(0, 200)} />
              </span>
              <ClockTime iso={capture.receivedAt} className="shrink-0 text-faint text-xs" />
            </button>
          </li>
        ))}
      </ul>
      {page?.hasMore && last && (
        <Button size="sm" className="self-start" onClick={() => setBefore(last.seq)}>
          Show older ones
        </Button>
      )}
    </div>
  );
}

function nameOf({ seq, method, path }: Summary): string {
  return `#${seq} ${method} ${path}`;
}
