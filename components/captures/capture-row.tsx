"use client";

import { Star, StickyNote } from "lucide-react";
import type { MouseEvent, Ref } from "react";
import { shortType } from "#components/body/body-kind.ts";
import { Method } from "#components/captures/method.tsx";
import { ProblemBadge } from "#components/captures/problem-badge.tsx";
import { useLongPress } from "#components/captures/use-long-press.ts";
import { cn } from "#components/ui/cn.ts";
import { Exact } from "#components/ui/exact.tsx";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { Age, ClockTime } from "#components/ui/time.tsx";
import type { Summary } from "#lib/contract/capture.ts";

export const ROW_HEIGHT = 52;

export type CaptureRowProps = {
  capture: Summary;
  href: string;
  selected: boolean;
  /** Came a moment ago. */
  fresh: boolean;
  focusable: boolean;
  checked: boolean;
  /** A click checks the row rather than opening it. */
  selecting: boolean;
  onSelect: (id: string) => void;
  /** `range`: with all rows from the one that was checked before. */
  onCheck: (capture: Summary, range: boolean) => void;
  ref?: Ref<HTMLAnchorElement>;
};

export function CaptureRow(props: CaptureRowProps) {
  const { capture, href, selected, fresh, focusable, checked, selecting, ref } = props;
  const { onSelect, onCheck } = props;
  const target = capture.query === null ? capture.path : `${capture.path}?${capture.query}`;

  function select(event: MouseEvent) {
    if (event.metaKey || event.ctrlKey || event.button !== 0) return;
    event.preventDefault();
    if (event.shiftKey) onCheck(capture, true);
    else if (selecting) onCheck(capture, false);
    else onSelect(capture.id);
  }

  const longPress = useLongPress(() => onCheck(capture, false));

  return (
    <a
      ref={ref}
      href={href}
      data-capture={capture.id}
      {...longPress}
      onClick={select}
      tabIndex={focusable ? 0 : -1}
      aria-current={selected ? "true" : undefined}
      className={cn(
        "ring-inset-focus flex h-full flex-col justify-center gap-0.5 border-b border-l-2 border-l-transparent pr-3 pl-7 hover:bg-hover pointer-coarse:select-none pointer-coarse:[-webkit-touch-callout:none]",
        fresh && "border-l-accent bg-subtle motion-safe:animate-arrive",
        selected && "border-l-accent",
        (selected || checked) && "bg-accent-soft hover:bg-accent-soft",
      )}
    >
      <span className="flex items-baseline gap-2">
        <Method method={capture.method} className="min-w-12 max-w-20 shrink-0 truncate text-xs" />
        <span className="as-sent min-w-0 flex-1 truncate text-sm" title={target}>
          <Exact text={target.slice(0, 300)} />
        </span>
        <ClockTime iso={capture.receivedAt} className="shrink-0 font-mono text-muted text-xs" />
      </span>
      <span className="flex items-center gap-2 text-faint text-xs">
        <span className="min-w-12 shrink-0 font-mono">#{capture.seq}</span>
        <TypeAndSize capture={capture} />
        {capture.problem && <ProblemBadge problem={capture.problem} />}
        {capture.note && <StickyNote className="size-3 shrink-0" aria-label="Has a note" />}
        {capture.starred && (
          <Star className="size-3 shrink-0 fill-current text-amber" aria-label="Starred" />
        )}
        <Age iso={capture.receivedAt} className="ml-auto shrink-0" />
      </span>
    </a>
  );
}

function TypeAndSize({ capture }: { capture: Summary }) {
  if (capture.bodySize === 0) return <span className="truncate">no body</span>;
  const type = shortType(capture.contentType);
  return (
    <>
      {type && (
        <span className="truncate" title={capture.contentType ?? undefined}>
          {type}
        </span>
      )}
      <span className="shrink-0">{formatBytes(capture.bodySize)}</span>
    </>
  );
}
