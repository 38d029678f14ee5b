"use client";

import type { ReactNode } from "react";
import type { Search } from "#components/search/use-search.ts";
import { Button } from "#components/ui/button.tsx";
import { readsBodies } from "#lib/search/may-match.ts";

type NoMatchesProps = {
  state: Search["state"];
  query: Search["query"];
  onClear: () => void;
  onRetry: () => void;
};

/** In place of a list that has nothing to show: why, and the way out. */
export function NoMatches({ state, query, onClear, onRetry }: NoMatchesProps) {
  if (state === "searching") {
    return (
      <Message>
        <p className="animate-appear-late">Searching…</p>
      </Message>
    );
  }
  const clear = <Button onClick={onClear}>Clear the search</Button>;
  if (state === "failed") {
    return (
      <Message>
        <p>The search did not get through.</p>
        <div className="flex gap-2">
          <Button onClick={onRetry}>Try again</Button>
          {clear}
        </div>
      </Message>
    );
  }
  return (
    <Message>
      <p className="font-medium text-ink">
        {state === "invalid" ? "This search cannot be read" : "No captures match"}
      </p>
      <p>
        {state === "invalid"
          ? "Correct it above, where the place is marked."
          : "New ones that match appear here as they arrive."}
      </p>
      {query && readsBodies(query) && (
        <p className="text-faint text-xs">
          A body that was sent compressed is searched as it was sent: header:content-encoding finds
          those.
        </p>
      )}
      {clear}
    </Message>
  );
}

function Message({ children }: { children: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-8 text-center text-muted text-sm">
      {children}
    </div>
  );
}
