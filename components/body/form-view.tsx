"use client";

import { useMemo, useState } from "react";
import { decodePairs } from "#components/body/decode-pairs.ts";
import { Loading } from "#components/body/loading.tsx";
import type { OpenedBody } from "#components/body/open-body.ts";
import { useAnswer } from "#components/body/use-answer.ts";
import { ValueViewer } from "#components/body/value-viewer.tsx";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { PairTable } from "#components/ui/pair-table.tsx";
import { readText } from "#components/values/insights.ts";
import { ValueHint } from "#components/values/value-hint.tsx";

const PAGE = 200;
/** A form that is longer than this is read as text: nobody reads a hundred thousand fields. */
const MAX_CHARACTERS = 4 * 1024 * 1024;

/** The fields of a form, decoded. */
export function FormView({ body }: { body: OpenedBody }) {
  const { value: text, error } = useAnswer(body, "text");
  const [shown, setShown] = useState(PAGE);
  const pairs = useMemo(() => decodePairs(text?.slice(0, MAX_CHARACTERS) ?? ""), [text]);
  if (error) return <Loading error={error} />;
  if (text === undefined) return <Loading />;
  if (pairs.length === 0) return <p className="text-faint text-sm">The form has no fields.</p>;
  return (
    <div className="flex flex-col items-start gap-2">
      <div className="w-full">
        <PairTable
          pairs={pairs.slice(0, shown)}
          extra={(_, value) => <FieldExtra value={value} />}
        />
      </div>
      {pairs.length > shown && (
        <Button size="sm" onClick={() => setShown(shown + PAGE * 5)}>
          Show more of {formatCount(pairs.length, "field")}
        </Button>
      )}
      {text.length > MAX_CHARACTERS && (
        <p className="text-muted text-xs">
          Only the first 4 MiB are read as a form. The text view has all.
        </p>
      )}
    </div>
  );
}

/** JSON in a field, as GitHub and Slack send it, can be read as that. */
function FieldExtra({ value }: { value: string }) {
  const [open, setOpen] = useState(false);
  const insight = readText(value);
  if (insight) return <ValueHint insight={insight} />;
  if (!/^\s*[[{]/.test(value)) return null;
  return (
    <div className="mt-1 flex flex-col items-start gap-1 font-sans">
      <Button size="sm" aria-expanded={open} onClick={() => setOpen(!open)}>
        {open ? "Close" : "Read as JSON"}
      </Button>
      {open && (
        <div className="w-full pt-1 pb-2">
          <ValueViewer value={value} name="field" contentType="application/json" />
        </div>
      )}
    </div>
  );
}
