"use client";

import { ChevronDown, ChevronUp, Search } from "lucide-react";
import type { RefObject } from "react";
import type { Find } from "#components/body/use-find.ts";
import { Button } from "#components/ui/button.tsx";

type FindFieldProps = { find: Find; field: RefObject<HTMLInputElement | null>; hint?: string };

export function FindField({ find, field, hint = "Find" }: FindFieldProps) {
  const { query, matches, current, setQuery, step } = find;
  const count = (matches?.ranges.length ?? 0) / 2;
  return (
    <search className="flex min-w-0 flex-1 items-center gap-1">
      <label className="flex h-7 min-w-24 max-w-72 flex-1 items-center gap-1.5 rounded border bg-canvas px-2 focus-within:border-accent">
        <Search className="size-3.5 shrink-0 text-faint" aria-hidden />
        <input
          ref={field}
          type="search"
          value={query}
          aria-label="Find in the body"
          placeholder={hint}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") step(event.shiftKey ? -1 : 1);
            else if (event.key === "Escape" && query !== "") setQuery("");
            else return;
            event.preventDefault();
            event.stopPropagation();
          }}
          className="w-full min-w-0 bg-transparent text-xs outline-none placeholder:text-faint max-sm:text-lg [&::-webkit-search-cancel-button]:hidden"
        />
      </label>
      {query !== "" && (
        <>
          <span role="status" className="shrink-0 px-1 text-muted text-xs tabular-nums">
            {matches === undefined ? "…" : placeOf(current, count, matches.complete)}
          </span>
          <Button
            variant="ghost"
            size="iconSmall"
            aria-label="Match before"
            onClick={() => step(-1)}
          >
            <ChevronUp aria-hidden />
          </Button>
          <Button variant="ghost" size="iconSmall" aria-label="Next match" onClick={() => step(1)}>
            <ChevronDown aria-hidden />
          </Button>
        </>
      )}
    </search>
  );
}

function placeOf(current: number, count: number, complete: boolean): string {
  if (count === 0) return "None";
  const total = `${count.toLocaleString("en")}${complete ? "" : "+"}`;
  return current === -1 ? total : `${(current + 1).toLocaleString("en")} of ${total}`;
}
