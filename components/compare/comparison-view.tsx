"use client";

import { ArrowDown, ArrowUp } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { flushSync } from "react-dom";
import { useCommands } from "#components/commands/use-commands.ts";
import { BodyDiff } from "#components/compare/body-diff.tsx";
import { LineDiff } from "#components/compare/line-diff.tsx";
import { PairsDiff } from "#components/compare/pairs-diff.tsx";
import { type Compared, type Loaders, useComparison } from "#components/compare/use-comparison.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { formatCount } from "#components/ui/format-count.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Section } from "#components/ui/section.tsx";
import { type Comparison, isSameBody } from "#lib/compare/compare-messages.ts";
import type { PairRow } from "#lib/compare/compare-pairs.ts";

type ComparisonViewProps = {
  loaders: Loaders;
  /** What the two are called, in the heads of their columns, where nothing around it says so. */
  left?: ReactNode;
  right?: ReactNode;
  /** Whether its keys have to work inside a dialog. */
  inDialog?: boolean;
  /** "Request line" or "Status line". */
  lineTitle: string;
  /** What is known of the two and does not take part, for the end of a sentence. */
  notCompared: string;
};

/** Two messages beside each other, with what differs marked. */
export function ComparisonView(props: ComparisonViewProps) {
  const { loaders, left, right, inDialog } = props;
  const { compared, error, retry } = useComparison(loaders);
  const [onlyDifferences, setOnlyDifferences] = useState(true);
  const view = useRef<HTMLDivElement>(null);
  const count = compared ? countDifferences(compared.comparison) : 0;

  function go(by: 1 | -1) {
    const stops = () => [
      ...(view.current?.querySelectorAll<HTMLElement>("[data-difference]") ?? []),
    ];
    const before = stops();
    const next = nextStop(before, by);
    const more = view.current?.querySelector<HTMLElement>("[data-more-differences]");
    if (by === 1 && next === before[0] && before.includes(document.activeElement as HTMLElement)) {
      // The last one that is drawn.
      if (more) flushSync(() => more.click());
      const after = stops()[before.length];
      if (after) return show(after);
    }
    if (next) show(next);
  }

  const isEnabled = () => count > 0;
  useCommands([
    {
      id: "compare.next",
      title: "Next difference",
      group: "View",
      keywords: "compare diff",
      shortcut: "n",
      inDialogs: inDialog,
      isEnabled,
      run: () => go(1),
    },
    {
      id: "compare.previous",
      title: "Previous difference",
      group: "View",
      keywords: "compare diff",
      shortcut: "Shift+n",
      inDialogs: inDialog,
      isEnabled,
      run: () => go(-1),
    },
    {
      id: "compare.onlyDifferences",
      title: onlyDifferences ? "Show what is equal too" : "Show only differences",
      group: "View",
      keywords: "compare diff",
      shortcut: "o",
      inDialogs: inDialog,
      run: () => setOnlyDifferences(!onlyDifferences),
    },
  ]);

  return (
    <div ref={view} className="@container flex flex-col gap-5">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p role="status" className="mr-auto font-medium text-sm">
          {compared ? summary(count) : error ? "" : "Comparing…"}
        </p>
        <label className="flex h-8 cursor-pointer items-center gap-2 text-sm pointer-coarse:h-11">
          <input
            type="checkbox"
            className="size-4 accent-accent"
            checked={onlyDifferences}
            onChange={(event) => setOnlyDifferences(event.currentTarget.checked)}
          />
          Only differences
        </label>
        <div className="flex">
          <IconButton
            icon={ArrowUp}
            label="Previous difference"
            title="Previous difference (Shift+N)"
            disabled={count === 0}
            onClick={() => go(-1)}
          />
          <IconButton
            icon={ArrowDown}
            label="Next difference"
            title="Next difference (N)"
            disabled={count === 0}
            onClick={() => go(1)}
          />
        </div>
      </div>
      {(left || right) && (
        <div className="grid grid-cols-1 gap-2 @2xl:grid-cols-2">
          {left}
          {right}
        </div>
      )}
      {error !== null && (
        <div className="flex flex-col items-start gap-3">
          <InlineError>{describeError(error)}</InlineError>
          <Button onClick={retry}>Try again</Button>
        </div>
      )}
      {compared && (
        <Result
          {...props}
          compared={compared}
          count={count}
          onlyDifferences={onlyDifferences}
          onShowAll={() => setOnlyDifferences(false)}
        />
      )}
    </div>
  );
}

type ResultProps = ComparisonViewProps & {
  compared: Compared;
  count: number;
  onlyDifferences: boolean;
  onShowAll: () => void;
};

function Result({
  compared,
  count,
  lineTitle,
  notCompared,
  onlyDifferences,
  onShowAll,
}: ResultProps) {
  const { comparison, left, right } = compared;
  const { line, query, headers, trailers, body } = comparison;
  const sections = { Query: query, Headers: headers, Trailers: trailers };
  const isLineSame = line.every(({ isSame }) => isSame);
  return (
    <>
      <p className="-mt-3 text-muted text-sm">
        {count === 0 && isSameBody(body) && "Everything that was sent is the same. "}
        Not compared: {notCompared}.
      </p>
      <Section title={lineTitle}>
        {isLineSame && <Same />}
        <LineDiff rows={line} onlyDifferences={onlyDifferences} />
      </Section>
      {Object.entries(sections).map(([title, rows]) =>
        rows.length === 0 ? null : (
          <Section key={title} title={title} count={rows.length}>
            {rows.every(isSame) && <Same />}
            <PairsDiff
              rows={rows}
              separator={title === "Query" ? "=" : ":"}
              onlyDifferences={onlyDifferences}
            />
          </Section>
        ),
      )}
      <BodyDiff
        body={body}
        left={left}
        right={right}
        onlyDifferences={onlyDifferences}
        onShowAll={onShowAll}
      />
    </>
  );
}

function Same() {
  return <p className="text-muted text-sm">Identical.</p>;
}

const isSame = ({ kind }: PairRow) => kind === "same";

function countDifferences({ line, query, headers, trailers, body }: Comparison): number {
  const inPairs = (rows: readonly PairRow[]) => rows.filter((row) => !isSame(row)).length;
  const inBody =
    body.kind === "json" || body.kind === "text"
      ? body.diff.differences
      : body.kind === "form"
        ? inPairs(body.rows)
        : body.kind === "bytes"
          ? 1
          : 0;
  const inLine = line.filter((row) => !row.isSame).length;
  return inLine + inPairs(query) + inPairs(headers) + inPairs(trailers) + inBody;
}

function summary(count: number): string {
  return count === 0 ? "Identical" : formatCount(count, "difference");
}

/** The stop after or before what has the focus, round the end. */
function nextStop(stops: readonly HTMLElement[], by: 1 | -1): HTMLElement | undefined {
  const at = stops.indexOf(document.activeElement as HTMLElement);
  return stops[(at === -1 && by === -1 ? stops.length - 1 : at + by + stops.length) % stops.length];
}

function show(stop: HTMLElement): void {
  stop.focus({ preventScroll: true });
  stop.scrollIntoView({ block: "center" });
}
