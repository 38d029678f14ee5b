"use client";

import { checkHeader, filledRows } from "#components/headers/header-row.ts";
import { HeaderRows } from "#components/headers/header-rows.tsx";
import { connectionNotes } from "#components/resend/connection-headers.ts";
import {
  asRows,
  asText,
  type HeadersDraft,
  ROWS_MAX,
  readHeaders,
} from "#components/resend/headers-draft.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";

export type ResendHeadersProps = {
  draft: HeadersDraft;
  /** A name that is still missing is wrong only once somebody wants to send. */
  tried: boolean;
  onChange: (draft: HeadersDraft) => void;
  /** What becomes of each header, by its place. */
  notesOf?: typeof connectionNotes;
};

/** The headers to send, in their order: a row for each, or all as text. */
export function ResendHeaders(props: ResendHeadersProps) {
  const { draft, tried, onChange, notesOf = connectionNotes } = props;
  const { text } = draft;
  if (text !== null) {
    const isMany = text.split("\n").length > ROWS_MAX;
    return (
      <div className="flex flex-col gap-1">
        <Field
          label="Headers, one a line"
          error={readHeaders(draft).error}
          hint={
            isMany
              ? `More than ${ROWS_MAX} are edited as text.`
              : "Name: value. What the connection sets itself is left to it."
          }
        >
          {(control) => (
            <Textarea
              {...control}
              autoFocus={!isMany}
              className="min-h-28 font-mono text-xs"
              rows={Math.min(12, text.split("\n").length + 1)}
              spellCheck={false}
              wrap="off"
              value={text}
              onChange={(event) => onChange({ ...draft, text: event.target.value })}
            />
          )}
        </Field>
        {!isMany && (
          <Button
            size="sm"
            className="self-start pointer-coarse:h-11"
            disabled={asRows(draft) === null}
            onClick={() => onChange(asRows(draft) ?? draft)}
          >
            Edit as rows
          </Button>
        )}
      </div>
    );
  }

  const rows = filledRows(draft.rows);
  const notes = notesOf(rows.map(({ name, value }) => [name, value]));
  return (
    <HeaderRows
      rows={draft.rows}
      notes={new Map(rows.flatMap(({ key }, i) => (notes[i] ? [[key, notes[i]]] : [])))}
      errors={{
        rows: new Map(
          rows.flatMap(({ key, name, value }) => {
            const wrong = name === "" && !tried ? null : checkHeader([name, value]);
            return wrong ? [[key, wrong]] : [];
          }),
        ),
      }}
      onChange={(changed) => onChange({ rows: changed, text: null })}
      actions={
        <Button
          size="sm"
          variant="ghost"
          className="pointer-coarse:h-11"
          onClick={() => onChange(asText(draft))}
        >
          Edit as text
        </Button>
      }
    />
  );
}
