"use client";

import { CheckCheck } from "lucide-react";
import { type Dispatch, useEffect, useState } from "react";
import { countCaptures } from "#components/api/captures.ts";
import type { CheckedAction } from "#components/captures/checked.ts";
import type { Found } from "#components/captures/found.ts";
import { useCommands } from "#components/commands/use-commands.ts";
import { Button } from "#components/ui/button.tsx";
import type { CaptureCount } from "#lib/contract/capture-scope.ts";
import { EXPORT_IDS_MAX } from "#lib/contract/limits.ts";

type WholeRowProps = {
  binId: string;
  all: Found;
  /** How many of them are checked because they were loaded. */
  loaded: number;
  isWhole: boolean;
  dispatch: Dispatch<CheckedAction>;
};

/** Below the selection bar: what is selected is what was loaded, or all that there is. */
export function WholeRow({ binId, all, loaded, isWhole, dispatch }: WholeRowProps) {
  const { failed, retry } = useCount({ binId, all, dispatch });
  const { count, q } = all;
  const number = count === null ? "" : ` ${count.toLocaleString("en")}`;
  const what = q === null ? "in the bin" : "that match";
  const offer = `Select all${number} ${what}`;
  // Of those that are loaded, an export takes so many; of all there are, any number.
  const isAll = count !== null && count <= loaded && loaded <= EXPORT_IDS_MAX;
  const choose = (whole: boolean) => dispatch({ type: "whole", isWhole: whole });
  useCommands(
    isWhole || isAll
      ? []
      : [
          {
            id: "selection.whole",
            title: offer,
            group: "Selection",
            keywords: "check everything search loaded",
            icon: CheckCheck,
            run: () => choose(true),
          },
        ],
  );
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-t px-3 py-1.5 text-muted text-xs">
      <p role="status">
        {isWhole
          ? `All${number} ${what} are selected, loaded or not. New ones are not.`
          : isAll
            ? `These are all ${what}.`
            : `The ${loaded.toLocaleString("en")} that are loaded are selected.`}
        {count === null && !failed && " Counting…"}
        {failed && " They could not be counted."}
      </p>
      {failed && (
        <Button size="sm" className="pointer-coarse:h-11" onClick={retry}>
          Count again
        </Button>
      )}
      {!isAll && (
        <Button size="sm" className="pointer-coarse:h-11" onClick={() => choose(!isWhole)}>
          {isWhole ? `Select only the ${loaded.toLocaleString("en")} loaded` : offer}
        </Button>
      )}
    </div>
  );
}

type CountOptions = Pick<WholeRowProps, "binId" | "all" | "dispatch">;

/** Counts them on the server, in as many steps as that takes. */
function useCount({ binId, all: { q, upTo, count }, dispatch }: CountOptions) {
  const [failed, setFailed] = useState(false);
  const isKnown = count !== null;

  useEffect(() => {
    if (isKnown || failed) return;
    const abort = new AbortController();
    async function run() {
      let sum = 0;
      let asOf: string | null = null;
      for (let next: number | null = upTo; next !== null; ) {
        const counted: CaptureCount = await countCaptures(
          binId,
          { q, upTo: next, asOf },
          abort.signal,
        );
        sum += counted.count;
        asOf = counted.asOf;
        next = counted.next;
      }
      dispatch({ type: "counted", count: sum, asOf });
    }
    run().catch(() => abort.signal.aborted || setFailed(true));
    return () => abort.abort();
  }, [binId, q, upTo, isKnown, failed, dispatch]);

  return { failed, retry: () => setFailed(false) };
}
