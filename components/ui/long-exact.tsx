"use client";

import { useState } from "react";
import { Exact } from "#components/ui/exact.tsx";
import { formatCount } from "#components/ui/format-count.ts";

const FIRST = 600;
/** A little more than the first part is shown at once rather than behind a button. */
const TOLERATED = 800;

/** A text as it was sent; of a very long one the beginning, until more is asked for. */
export function LongExact({ text }: { text: string }) {
  const [all, setAll] = useState(false);
  if (all || text.length <= TOLERATED) return <Exact text={text} />;
  return (
    <>
      <Exact text={text.slice(0, FIRST)} />…{" "}
      <button
        type="button"
        onClick={() => setAll(true)}
        className="rounded font-medium font-sans text-accent text-xs hover:underline"
      >
        Show all {formatCount(text.length, "character")}
      </button>
    </>
  );
}
