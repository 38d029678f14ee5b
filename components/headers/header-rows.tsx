"use client";

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { type ClipboardEvent, type ReactNode, useId, useRef } from "react";
import { flushSync } from "react-dom";
import { pastedHeaders } from "#components/headers/header-lines.ts";
import {
  type HeaderRow,
  insertRows,
  moveRow,
  nextKey,
  type RowErrors,
} from "#components/headers/header-row.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Input } from "#components/ui/input.tsx";

type HeaderRowsProps = {
  rows: readonly HeaderRow[];
  /** `headers` is about all of them. */
  errors: { headers?: string; rows: RowErrors };
  /** What becomes of a row that does not go out as it is, by its key: it looks put aside. */
  notes?: ReadonlyMap<number, string>;
  onChange: (rows: HeaderRow[]) => void;
  /** Beside the button that adds one. */
  actions?: ReactNode;
};

/** Header lines in the order in which they are sent. Pasted lines become rows. */
export function HeaderRows({ rows, errors, notes, onChange, actions }: HeaderRowsProps) {
  const list = useRef<HTMLFieldSetElement>(null);
  const change = (key: number, part: Partial<HeaderRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));

  /** The focus must not fall out of the dialog with the button that had it. */
  function remove(key: number, place: number) {
    flushSync(() => onChange(rows.filter((row) => row.key !== key)));
    const buttons = list.current?.querySelectorAll<HTMLElement>("[data-remove]") ?? [];
    const next = buttons[Math.min(place, buttons.length - 1)];
    (next ?? list.current?.querySelector<HTMLElement>("[data-add]"))?.focus();
  }

  function paste(event: ClipboardEvent<HTMLInputElement>, row: HeaderRow, part: "name" | "value") {
    const headers = pastedHeaders(event.clipboardData.getData("text/plain"));
    // A value may look like a header; a name that is being typed has none before it.
    const isHead = headers && (headers.length > 1 || (part === "name" && row.name === ""));
    if (!isHead) return;
    event.preventDefault();
    const added = insertRows(rows, row, headers);
    const last = added.findLast(({ key }) => key >= nextKey(rows));
    flushSync(() => onChange(added));
    list.current?.querySelector<HTMLElement>(`[data-value="${last?.key}"]`)?.focus();
  }

  return (
    <fieldset ref={list} className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 font-medium text-sm">Headers</legend>
      {rows.map((row, i) => (
        <Row
          key={row.key}
          row={row}
          place={i + 1}
          errors={errors.rows.get(row.key)}
          note={notes?.get(row.key)}
          isFirst={i === 0}
          isLast={i === rows.length - 1}
          onChange={(part) => change(row.key, part)}
          onPaste={(event, part) => paste(event, row, part)}
          onMove={(by) => onChange(moveRow(rows, row.key, by))}
          onRemove={() => remove(row.key, i)}
        />
      ))}
      {errors.headers && (
        <p role="alert" className="text-red text-xs">
          {errors.headers}
        </p>
      )}
      <div className="flex flex-wrap gap-1">
        <Button
          size="sm"
          data-add
          className="pointer-coarse:h-11"
          onClick={() => onChange([...rows, { key: nextKey(rows), name: "", value: "" }])}
        >
          <Plus aria-hidden />
          Add a header
        </Button>
        {actions}
      </div>
    </fieldset>
  );
}

type RowProps = {
  row: HeaderRow;
  place: number;
  errors: { name?: string; value?: string } | undefined;
  note: string | undefined;
  isFirst: boolean;
  isLast: boolean;
  onChange: (part: Partial<HeaderRow>) => void;
  onPaste: (event: ClipboardEvent<HTMLInputElement>, part: "name" | "value") => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

function Row(props: RowProps) {
  const { row, place, errors, note, isFirst, isLast, onChange, onPaste, onMove, onRemove } = props;
  const id = useId();
  const message = [errors?.name, errors?.value].filter(Boolean).join(". ");
  const describedBy =
    [message && `${id}-message`, note && `${id}-note`].filter(Boolean).join(" ") || undefined;
  const putAside = note && "bg-subtle text-muted";
  return (
    <div className="flex flex-col gap-1 max-sm:border-b max-sm:pb-2">
      <div className="flex flex-wrap items-center gap-1 sm:flex-nowrap">
        <Input
          aria-label={`Name of header ${place}`}
          aria-invalid={errors?.name ? true : undefined}
          aria-describedby={describedBy}
          placeholder="Name"
          className={cn("font-mono sm:max-w-52 sm:text-sm", putAside)}
          value={row.name}
          autoFocus={row.name === "" && row.value === ""}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
          onPaste={(event) => onPaste(event, "name")}
        />
        <Input
          aria-label={`Value of header ${place}`}
          aria-invalid={errors?.value ? true : undefined}
          aria-describedby={describedBy}
          placeholder="Value"
          data-value={row.key}
          className={cn("font-mono max-sm:grow max-sm:basis-0 sm:text-sm", putAside)}
          value={row.value}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ value: event.currentTarget.value })}
          onPaste={(event) => onPaste(event, "value")}
        />
        <div className="flex shrink-0">
          <IconButton
            icon={ArrowUp}
            label={`Move header ${place} up`}
            disabled={isFirst}
            onClick={() => onMove(-1)}
          />
          <IconButton
            icon={ArrowDown}
            label={`Move header ${place} down`}
            disabled={isLast}
            onClick={() => onMove(1)}
          />
          <IconButton
            icon={Trash2}
            label={`Remove header ${place}`}
            data-remove
            onClick={onRemove}
          />
        </div>
      </div>
      {note && (
        <p id={`${id}-note`} className="text-faint text-xs">
          {note}
        </p>
      )}
      {message && (
        <p id={`${id}-message`} role="alert" className="text-red text-xs">
          {message}
        </p>
      )}
    </div>
  );
}
