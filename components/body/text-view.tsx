"use client";

import { WrapText } from "lucide-react";
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { FindField } from "#components/body/find-field.tsx";
import { Frame } from "#components/body/frame.tsx";
import { Loading } from "#components/body/loading.tsx";
import { Marked, type MarkedRanges } from "#components/body/marked.tsx";
import { MarkupText } from "#components/body/markup-text.tsx";
import type { MarkupTokens } from "#components/body/markup-tokens.ts";
import type { OpenedBody } from "#components/body/open-body.ts";
import { type TextRows, textRowAt } from "#components/body/text-rows.ts";
import { useAnswer } from "#components/body/use-answer.ts";
import { useColumns } from "#components/body/use-columns.ts";
import { useFind, useQuery } from "#components/body/use-find.ts";
import { FLOW_MAX_ROWS, type RowsHandle, VirtualRows } from "#components/body/virtual-rows.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";

const FLOW_MAX_CHARACTERS = 200_000;
const FEW_ROWS = 12;

type TextViewProps = {
  body: OpenedBody;
  /** In the colours of HTML and XML. */
  markup?: boolean;
  /** A position to show and mark. */
  at?: number;
};

/** A text as it was sent, line by line. */
export function TextView({ body, markup = false, at }: TextViewProps) {
  const text = useAnswer(body, "text");
  const lines = useAnswer(body, "textRows", 0);
  const error = text.error ?? lines.error;
  if (error) return <Loading error={error} />;
  if (text.value === undefined || !lines.value) return <Loading />;
  const props = { body, text: text.value, at };
  return markup ? (
    <MarkupLines {...props} lines={lines.value} />
  ) : (
    <Lines {...props} lines={lines.value} tokens={null} />
  );
}

type LinesProps = Pick<TextViewProps, "body" | "at"> & {
  text: string;
  /** Not wrapped. */
  lines: TextRows;
  tokens: MarkupTokens | null;
};

function MarkupLines(props: Omit<LinesProps, "tokens">) {
  const tokens = useAnswer(props.body, "markup").value;
  return <Lines {...props} tokens={tokens ?? null} />;
}

function Lines({ body, text, at, lines, tokens }: LinesProps) {
  const handle = useRef<RowsHandle>(null);
  const field = useRef<HTMLInputElement>(null);
  const [wrap, setWrap] = useState(true);
  // A line that is cut into several rows would be ragged where the browser wraps those.
  const isShort =
    lines.length <= FLOW_MAX_ROWS && text.length <= FLOW_MAX_CHARACTERS && !isCut(lines);
  const { ref, columns } = useColumns(String(lines.length).length);
  const asked = useDeferredValue(columns);
  const wrapped = useAnswer(body, "textRows", wrap && !isShort && asked > 0 ? asked : 0).value;
  const rows = wrap && !isShort ? (wrapped ?? lines) : lines;
  const find = useTextFind(body, rows, handle);
  const marks = useMarks(find, at);
  const hasTools = lines.length > FEW_ROWS || text.length > 2_000;

  useEffect(() => {
    if (at !== undefined) handle.current?.reveal(textRowAt(rows, at), "middle");
  }, [at, rows]);

  function onKeyDown(event: KeyboardEvent) {
    if (!(event.ctrlKey || event.metaKey) || event.key !== "f" || isShort) return;
    field.current?.focus();
    event.preventDefault();
  }

  const gutter = { paddingLeft: `${String(lines.length).length + 2}ch` };
  return (
    <Frame
      header={
        hasTools && (
          <>
            <FindField find={find} field={field} />
            <Button
              variant="ghost"
              size="iconSmall"
              aria-label="Wrap long lines"
              title="Wrap long lines"
              aria-pressed={wrap}
              onClick={() => setWrap(!wrap)}
              className="aria-pressed:text-accent"
            >
              <WrapText aria-hidden />
            </Button>
          </>
        )
      }
      footer={
        !rows.complete && "The text has more lines than can be shown. Download it to read the rest."
      }
    >
      <div ref={ref}>
        <VirtualRows
          handle={handle}
          count={rows.length}
          flow={isShort}
          role="document"
          aria-label="Text"
          tabIndex={0}
          onKeyDown={onKeyDown}
          className="as-sent ring-inset-focus overflow-x-auto"
        >
          {(row) => (
            <TextRow
              text={text}
              rows={rows}
              row={row}
              wraps={wrap && isShort}
              isFlow={isShort}
              tokens={tokens}
              marks={marks}
              style={gutter}
            />
          )}
        </VirtualRows>
      </div>
    </Frame>
  );
}

function isCut({ line }: TextRows): boolean {
  return line.includes(0);
}

function useTextFind(body: OpenedBody, rows: TextRows, handle: React.RefObject<RowsHandle | null>) {
  const { query, setQuery, asked } = useQuery();
  const matches = useAnswer(body, "find", asked).value;
  return useFind(
    { query, setQuery },
    matches,
    () => 0,
    (start) => handle.current?.reveal(textRowAt(rows, start), "middle"),
  );
}

function useMarks(
  { query, matches, current }: ReturnType<typeof useTextFind>,
  at?: number,
): MarkedRanges {
  return useMemo(() => {
    if (query !== "" && matches) return { ranges: matches.ranges, current };
    return at === undefined ? null : { ranges: Uint32Array.of(at, at + 1), current: 0 };
  }, [query, matches, current, at]);
}

type TextRowProps = {
  text: string;
  rows: TextRows;
  row: number;
  wraps: boolean;
  isFlow: boolean;
  tokens: MarkupTokens | null;
  marks: MarkedRanges;
  style: { paddingLeft: string };
};

function TextRow({ text, rows, row, wraps, isFlow, tokens, marks, style }: TextRowProps) {
  const from = rows.start[row]!;
  let to = rows.start[row + 1]!;
  if (text.charCodeAt(to - 1) === 0x0a) to -= 1;
  if (text.charCodeAt(to - 1) === 0x0d && to < rows.start[row + 1]!) to -= 1;
  const line = rows.line[row]!;
  return (
    <div
      // Drawn by CSS, so that copying takes the text alone.
      data-line={line === 0 ? "" : line}
      style={style}
      className={cn(
        "relative pr-3 before:absolute before:left-0 before:select-none before:pl-2 before:text-faint before:content-[attr(data-line)]",
        isFlow ? "min-h-5" : "h-5 w-max",
        wraps ? "whitespace-pre-wrap" : "whitespace-pre",
        "[tab-size:4]",
      )}
    >
      {tokens ? (
        <MarkupText text={text} tokens={tokens} from={from} to={to} marks={marks} />
      ) : (
        <Marked text={text} from={from} to={to} marks={marks} />
      )}
    </div>
  );
}
