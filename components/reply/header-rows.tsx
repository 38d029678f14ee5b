"use client";

import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import { useId } from "react";
import {
  type DraftErrors,
  type HeaderRow,
  moveRow,
  nextKey,
} from "#components/reply/reply-draft.ts";
import { Button } from "#components/ui/button.tsx";
import { Input } from "#components/ui/input.tsx";

type HeaderRowsProps = {
  rows: readonly HeaderRow[];
  errors: DraftErrors;
  onChange: (rows: HeaderRow[]) => void;
};

/** Header lines in the order in which they are sent. */
export function HeaderRows({ rows, errors, onChange }: HeaderRowsProps) {
  const change = (key: number, part: Partial<HeaderRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));

  return (
    <fieldset className="flex flex-col gap-1">
      <legend className="mb-1 font-medium text-sm">Headers</legend>
      {rows.map((row, i) => (
        <Row
          key={row.key}
          row={row}
          place={i + 1}
          errors={errors.rows.get(row.key)}
          isFirst={i === 0}
          isLast={i === rows.length - 1}
          onChange={(part) => change(row.key, part)}
          onMove={(by) => onChange(moveRow(rows, row.key, by))}
          onRemove={() => onChange(rows.filter(({ key }) => key !== row.key))}
        />
      ))}
      {errors.headers && (
        <p role="alert" className="text-red text-xs">
          {errors.headers}
        </p>
      )}
      <Button
        size="sm"
        className="self-start pointer-coarse:h-11"
        onClick={() => onChange([...rows, { key: nextKey(rows), name: "", value: "" }])}
      >
        <Plus aria-hidden />
        Add a header
      </Button>
    </fieldset>
  );
}

type RowProps = {
  row: HeaderRow;
  place: number;
  errors: { name?: string; value?: string } | undefined;
  isFirst: boolean;
  isLast: boolean;
  onChange: (part: Partial<HeaderRow>) => void;
  onMove: (by: 1 | -1) => void;
  onRemove: () => void;
};

function Row({ row, place, errors, isFirst, isLast, onChange, onMove, onRemove }: RowProps) {
  const id = useId();
  const message = [errors?.name, errors?.value].filter(Boolean).join(". ");
  const describedBy = message ? `${id}-message` : undefined;
  return (
    <div className="flex flex-col gap-1 max-sm:border-b max-sm:pb-2">
      <div className="flex flex-wrap items-center gap-1 sm:flex-nowrap">
        <Input
          aria-label={`Name of header ${place}`}
          aria-invalid={errors?.name ? true : undefined}
          aria-describedby={describedBy}
          placeholder="Name"
          className="font-mono sm:max-w-52 sm:text-sm"
          value={row.name}
          autoFocus={row.name === "" && row.value === ""}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ name: event.currentTarget.value })}
        />
        <Input
          aria-label={`Value of header ${place}`}
          aria-invalid={errors?.value ? true : undefined}
          aria-describedby={describedBy}
          placeholder="Value"
          className="font-mono max-sm:basis-0 max-sm:grow sm:text-sm"
          value={row.value}
          autoCapitalize="off"
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ value: event.currentTarget.value })}
        />
        <div className="flex shrink-0">
          <RowButton
            label={`Move header ${place} up`}
            disabled={isFirst}
            onClick={() => onMove(-1)}
          >
            <ArrowUp aria-hidden />
          </RowButton>
          <RowButton
            label={`Move header ${place} down`}
            disabled={isLast}
            onClick={() => onMove(1)}
          >
            <ArrowDown aria-hidden />
          </RowButton>
          <RowButton label={`Remove header ${place}`} onClick={onRemove}>
            <Trash2 aria-hidden />
          </RowButton>
        </div>
      </div>
      {message && (
        <p id={describedBy} role="alert" className="text-red text-xs">
          {message}
        </p>
      )}
    </div>
  );
}

type RowButtonProps = {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: React.ReactNode;
};

function RowButton({ label, ...props }: RowButtonProps) {
  return <Button variant="ghost" size="icon" aria-label={label} title={label} {...props} />;
}
