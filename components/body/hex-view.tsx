"use client";

import { type KeyboardEvent, useDeferredValue, useMemo, useRef, useState } from "react";
import { findBytes } from "#components/body/find-bytes.ts";
import { FindField } from "#components/body/find-field.tsx";
import { Frame } from "#components/body/frame.tsx";
import { useFind } from "#components/body/use-find.ts";
import { type RowsHandle, VirtualRows } from "#components/body/virtual-rows.tsx";
import { cn } from "#components/ui/cn.ts";
import { useMedia } from "#components/ui/use-media.ts";

/** So many rows are all laid out, to be selected and copied as a whole. */
const FLOW_MAX_ROWS = 64;
const FEW_ROWS = 12;

/** `00000010  48 65 6c 6c 6f …  Hello`, sixteen bytes a line, on phones eight. */
export function HexView({ bytes }: { bytes: Uint8Array }) {
  const handle = useRef<RowsHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const isNarrow = useMedia("(max-width: 640px)", false);
  const width = isNarrow ? 8 : 16;
  const count = Math.ceil(bytes.length / width);
  const flow = count <= FLOW_MAX_ROWS;
  const [query, setQuery] = useState("");
  const asked = useDeferredValue(query);
  const matches = useMemo(() => findBytes(bytes, asked), [bytes, asked]);
  const find = useFind(
    { query, setQuery },
    matches,
    () => 0,
    (start) => handle.current?.reveal(Math.floor(start / width), "middle"),
  );

  function onKeyDown(event: KeyboardEvent) {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "f" || flow) return;
    field.current?.focus();
    event.preventDefault();
  }

  return (
    <Frame
      header={count > FEW_ROWS && <FindField find={find} field={field} hint="Find text or hex" />}
    >
      <VirtualRows
        handle={handle}
        count={count}
        flow={flow}
        role="document"
        aria-label="Hex"
        tabIndex={0}
        onKeyDown={onKeyDown}
        className="ring-inset-focus overflow-x-auto font-mono"
      >
        {(row) => (
          <HexRow
            bytes={bytes}
            from={row * width}
            width={width}
            ranges={query === "" ? null : matches.ranges}
            current={find.current}
          />
        )}
      </VirtualRows>
    </Frame>
  );
}

type HexRowProps = {
  bytes: Uint8Array;
  from: number;
  width: number;
  ranges: Uint32Array | null;
  current: number;
};

function HexRow({ bytes, from, width, ranges, current }: HexRowProps) {
  const row = bytes.subarray(from, from + width);
  const offset = from.toString(16).padStart(8, "0");
  const marks = ranges ? marksOf(ranges, current, from, row.length) : null;
  return (
    <div className="h-5 w-max whitespace-pre px-3">
      <span className="text-faint">{offset} </span>
      {marks ? (
        Array.from(row, (byte, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a byte is its place
          <span key={at} className={markStyle(marks[at]!)}>
            {at === 8 && " "} {hexOf(byte)}
          </span>
        ))
      ) : (
        <span>{hexRow(row)}</span>
      )}
      <span>
        {" ".repeat(3 * (width - row.length) + (width === 16 && row.length <= 8 ? 1 : 0) + 2)}
      </span>
      <span className="text-muted">{asciiOf(row)}</span>
    </div>
  );
}

function hexRow(row: Uint8Array): string {
  let text = "";
  for (const [at, byte] of row.entries()) text += `${at === 8 ? " " : ""} ${hexOf(byte)}`;
  return text;
}

function hexOf(byte: number): string {
  return byte.toString(16).padStart(2, "0");
}

function asciiOf(row: Uint8Array): string {
  let text = "";
  for (const byte of row) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".";
  return text;
}

/** For each byte of a row 0, or 1 where it was found, or 2 where it is the one gone to. */
function marksOf(
  ranges: Uint32Array,
  current: number,
  from: number,
  length: number,
): Uint8Array | null {
  const marks = new Uint8Array(length);
  let any = false;
  for (let index = 0; index < ranges.length / 2; index += 1) {
    const start = ranges[index * 2]! - from;
    if (start >= length) break;
    const end = ranges[index * 2 + 1]! - from;
    if (end <= 0) continue;
    marks.fill(index === current ? 2 : 1, Math.max(0, start), Math.min(length, end));
    any = true;
  }
  return any ? marks : null;
}

function markStyle(mark: number): string | undefined {
  return cn(mark === 1 && "bg-amber-soft", mark === 2 && "bg-accent text-on-accent") || undefined;
}
