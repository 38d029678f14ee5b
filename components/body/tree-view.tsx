"use client";

import { ChevronsDownUp, ChevronsUpDown } from "lucide-react";
import { type KeyboardEvent, useId, useMemo, useRef, useState } from "react";
import type { OutlineView } from "#components/body/body-document.ts";
import { Fault } from "#components/body/fault.tsx";
import { FindField } from "#components/body/find-field.tsx";
import { foldedFrom, foldRows, placeOf, revealed, rowOf } from "#components/body/folding.ts";
import { Frame } from "#components/body/frame.tsx";
import { JsonRow } from "#components/body/json-row.tsx";
import { Loading } from "#components/body/loading.tsx";
import type { OpenedBody } from "#components/body/open-body.ts";
import { type Outline, opens, parentOf, rowAt } from "#components/body/outline.ts";
import { RowBar } from "#components/body/row-bar.tsx";
import { TextView } from "#components/body/text-view.tsx";
import { useAnswer } from "#components/body/use-answer.ts";
import { useFind, useQuery } from "#components/body/use-find.ts";
import { FLOW_MAX_ROWS, type RowsHandle, VirtualRows } from "#components/body/virtual-rows.tsx";
import { XmlRow } from "#components/body/xml-row.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";

/** More records of NDJSON than this begin folded, one a line. */
const OPEN_RECORDS = 20;
/** A text as long as this is no page to lay out whole, few rows or not. */
const FLOW_MAX_CHARACTERS = 200_000;
/** Fewer rows are looked through by eye. */
const FEW_ROWS = 12;

type TreeViewProps = { body: OpenedBody; view: OutlineView };

/** JSON, lines of JSON or XML as rows that fold; where the text is none, where and why, and the text. */
export function TreeView({ body, view }: TreeViewProps) {
  const text = useAnswer(body, "text");
  const result = useAnswer(body, "outline", view);
  if (text.error || result.error) return <Loading error={text.error ?? result.error} />;
  if (text.value === undefined || !result.value) return <Loading />;
  const { outline, fault } = result.value;
  if (fault) {
    return (
      <div className="flex flex-col gap-2">
        <Fault view={view} text={text.value} fault={fault} />
        <TextView body={body} markup={view === "xml"} at={fault.at} />
      </div>
    );
  }
  return <Tree body={body} view={view} text={text.value} outline={outline} />;
}

type TreeProps = TreeViewProps & { text: string; outline: Outline };

function initialFolds(view: OutlineView, outline: Outline): Set<number> {
  if (view !== "ndjson") return new Set();
  const records = foldedFrom(outline, 0);
  return records.size > OPEN_RECORDS ? records : new Set();
}

function Tree({ body, view, text, outline }: TreeProps) {
  const id = useId();
  const handle = useRef<RowsHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const [folded, setFolded] = useState<ReadonlySet<number>>(() => initialFolds(view, outline));
  const [active, setActive] = useState<number | null>(null);
  const folding = useMemo(() => foldRows(outline, folded), [outline, folded]);
  const flow = outline.length <= FLOW_MAX_ROWS && text.length <= FLOW_MAX_CHARACTERS;
  const { query, setQuery, asked } = useQuery();
  const matches = useAnswer(body, "find", asked).value;
  const pending = useRef<number | null>(null);
  const find = useFind(
    { query, setQuery },
    matches,
    () => outline.start[active ?? 0]!,
    (start) => {
      const row = rowAt(outline, start);
      const open = revealed(outline, folded, row);
      setFolded(open);
      setActive(row);
      show(row, open, "middle");
    },
  );
  const marks = query === "" || !matches ? null : { ranges: matches.ranges, current: find.current };
  const isDeep = outline.length > FEW_ROWS;

  /** Scrolls there once the rows are laid out as they will be. */
  function show(row: number, folds: ReadonlySet<number>, where: "nearest" | "middle" = "nearest") {
    pending.current = row;
    requestAnimationFrame(() => {
      if (pending.current !== row) return;
      handle.current?.reveal(placeOf(foldRows(outline, folds), outline, row), where);
    });
  }

  function toggle(row: number) {
    const next = new Set(folded);
    if (!next.delete(row)) next.add(row);
    setFolded(next);
    setActive(row);
  }

  function goTo(place: number) {
    const row = rowOf(folding, Math.max(0, Math.min(folding.count - 1, place)));
    setActive(row);
    show(row, folded);
  }

  function onKeyDown(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && event.key === "f" && !flow) {
      // Most rows are not there for the browser to find. Pressed again, its own search opens.
      field.current?.focus();
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== event.currentTarget)
      return;
    const row = active ?? 0;
    const place = active === null ? -1 : placeOf(folding, outline, row);
    const isOpen = opens(outline, row) && !folded.has(row);
    const page = handle.current?.page() ?? 20;
    const go = (by: number) => goTo(place + by);
    const parent = event.key === "ArrowLeft" && !isOpen ? parentOf(outline, row) : null;
    const canUnfold = opens(outline, row) && !isOpen;
    if (event.key === "ArrowDown") go(1);
    else if (event.key === "ArrowUp") go(-1);
    else if (event.key === "PageDown") go(page);
    else if (event.key === "PageUp") go(-page);
    else if (event.key === "Home") goTo(0);
    else if (event.key === "End") goTo(folding.count - 1);
    else if (event.key === "ArrowRight") canUnfold ? toggle(row) : go(1);
    else if (event.key === "ArrowLeft" && isOpen) toggle(row);
    else if (parent !== null) goTo(placeOf(folding, outline, parent));
    else if (event.key === "Enter" && opens(outline, row)) toggle(row);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const Row = view === "xml" ? XmlRow : JsonRow;
  return (
    <Frame
      header={
        isDeep && (
          <>
            <FindField find={find} field={field} />
            <Button
              variant="ghost"
              size="iconSmall"
              aria-label="Fold everything"
              title="Fold everything below the top"
              onClick={() => {
                setFolded(foldedFrom(outline, view === "ndjson" ? 0 : 1));
                setActive(null);
              }}
            >
              <ChevronsDownUp aria-hidden />
            </Button>
            <Button
              variant="ghost"
              size="iconSmall"
              aria-label="Unfold everything"
              title="Unfold everything"
              onClick={() => setFolded(new Set())}
            >
              <ChevronsUpDown aria-hidden />
            </Button>
          </>
        )
      }
    >
      <VirtualRows
        handle={handle}
        count={folding.count}
        flow={flow}
        role="tree"
        aria-label={view === "xml" ? "XML" : "JSON"}
        aria-activedescendant={active === null ? undefined : `${id}${active}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
        onFocus={(event) => {
          const { currentTarget, target } = event;
          if (
            active === null &&
            target === currentTarget &&
            currentTarget.matches(":focus-visible")
          )
            setActive(0);
        }}
        onClick={({ target }) => {
          const element = target as HTMLElement;
          const row = element.closest<HTMLElement>("[data-row]")?.dataset.row;
          if (row === undefined || !getSelection()?.isCollapsed) return;
          if (element.closest("[data-fold]")) toggle(Number(row));
          else setActive(Number(row));
        }}
        className={cn("as-sent ring-inset-focus overflow-x-auto", flow && "pr-2")}
      >
        {(place) => {
          const row = rowOf(folding, place);
          return (
            <Row
              id={`${id}${row}`}
              text={text}
              outline={outline}
              row={row}
              isFolded={folded.has(row)}
              isActive={row === active}
              flow={flow}
              marks={marks}
            />
          );
        }}
      </VirtualRows>
      {active !== null && (
        <RowBar
          key={active}
          view={view}
          text={text}
          outline={outline}
          row={active}
          onClose={() => {
            setActive(null);
            handle.current?.focus();
          }}
        />
      )}
    </Frame>
  );
}
