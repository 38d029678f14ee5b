"use client";

import { type ReactNode, useState } from "react";
import { getAlikeCaptures } from "#components/api/captures.ts";
import { useCommands } from "#components/commands/use-commands.ts";
import { LazyCapturePicker } from "#components/compare/lazy-compare.tsx";
import { pushView } from "#components/dashboard/use-view-state.ts";
import { notifyError } from "#components/ui/toast.tsx";
import type { Capture } from "#lib/contract/capture.ts";

type Compare = {
  /** With the one before of the same method and path; without one, asks for another. */
  start: () => void;
  /** Asks which one to compare with. */
  choose: () => void;
  /** Belongs beside the menu that it may be opened from. */
  dialog: ReactNode;
};

/** Starts comparisons of a capture. */
export function useCompare(capture: Capture): Compare {
  const [asked, setAsked] = useState<{ open: boolean; description?: string } | null>(null);
  const { id, binId, seq, method, path } = capture;

  async function start() {
    try {
      const { captures } = await getAlikeCaptures(id, { before: seq, limit: 1 });
      const [previous] = captures;
      if (previous) return pushView({ compare: previous.id });
      const name = `${method} ${path.length > 60 ? `${path.slice(0, 60)}…` : path}`;
      setAsked({
        open: true,
        description: `There is no earlier capture of ${name}. Choose another one of this bin.`,
      });
    } catch (cause) {
      notifyError("There is nothing to compare with", cause);
    }
  }

  const choose = () => setAsked({ open: true });

  useCommands([
    {
      id: "capture.compare",
      title: "Compare with the previous one of the same path",
      group: "Captures",
      keywords: "diff difference changes",
      shortcut: "d",
      run: start,
    },
    {
      id: "capture.compareWith",
      title: "Compare with another capture…",
      group: "Captures",
      keywords: "diff difference changes",
      shortcut: "Shift+d",
      run: choose,
    },
  ]);

  return {
    start,
    choose,
    dialog: asked && (
      <LazyCapturePicker
        open={asked.open}
        onOpenChange={(open) => setAsked({ ...asked, open })}
        title={`Compare #${seq} with`}
        description={asked.description}
        binId={binId}
        except={[id]}
        onPick={(picked) => {
          setAsked({ open: false });
          pushView({ compare: picked });
        }}
      />
    ),
  };
}
