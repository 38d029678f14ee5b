"use client";

import { type PointerEvent, useEffect, useRef, useState } from "react";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";
import type { Insight } from "#components/values/insights.ts";

const LABELS: Record<Insight["kind"], string> = {
  time: "time",
  jwt: "JWT",
  basic: "credentials",
  number: "number",
};

/** As long as a pointer has to rest on the mark. */
const OPEN_MS = 120;
/** To go from the mark to what it shows. */
const CLOSE_MS = 150;

/** Positions and focus are heavy: they come when a mark is first reached for. */
const popup = lazyPart(() => import("#components/values/hint-popup.tsx"));

type ValueHintProps = {
  insight: Insight;
  /** In a tree, keys go from row to row and not from hint to hint. */
  tabIndex?: number;
};

/** A mark behind a value; pointed at, or chosen by key, it shows what Inlet reads in it. */
export function ValueHint({ insight, tabIndex }: ValueHintProps) {
  const [reached, setReached] = useState(false);
  const [shown, setShown] = useState<"hovered" | "chosen" | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const wasChosen = useRef(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const parts = useLazyPart(popup, reached);
  const label = LABELS[insight.kind];
  useEffect(() => () => clearTimeout(timer.current), []);

  function show(next: typeof shown) {
    clearTimeout(timer.current);
    setReached(true);
    setShown(next);
  }

  function onEnter({ pointerType }: PointerEvent) {
    setReached(true);
    if (pointerType === "touch") return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown((now) => now ?? "hovered"), OPEN_MS);
  }

  function onLeave() {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setShown((now) => (now === "hovered" ? null : now)), CLOSE_MS);
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        tabIndex={tabIndex}
        aria-haspopup="dialog"
        aria-expanded={shown !== null}
        data-popup-open={shown ? "" : undefined}
        aria-label={`What Inlet reads here: ${label}`}
        onPointerEnter={onEnter}
        onPointerLeave={onLeave}
        onFocus={() => setReached(true)}
        // A press outside closes the popup before the click comes.
        onPointerDown={() => {
          wasChosen.current = shown === "chosen";
        }}
        onClick={() => {
          show(wasChosen.current ? null : "chosen");
          wasChosen.current = false;
        }}
        className="mx-1 select-none rounded border border-line-strong border-dashed px-1 align-baseline font-sans text-[11px] text-faint leading-4 hover:border-accent hover:text-accent data-popup-open:text-accent pointer-coarse:px-2"
      >
        {label}
      </button>
      {parts && (
        <parts.HintPopup
          insight={insight}
          trigger={button}
          open={shown !== null}
          onOpenChange={(open) => {
            if (!open) show(null);
          }}
          hovered={shown === "hovered"}
          onPointerEnter={() => clearTimeout(timer.current)}
          onPointerLeave={onLeave}
        />
      )}
    </>
  );
}
