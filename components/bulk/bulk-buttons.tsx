"use client";

import { Send } from "lucide-react";
import { openBulkResend } from "#components/bulk/bulk-resends.ts";
import type { Found } from "#components/captures/found.ts";
import { useCommands } from "#components/commands/use-commands.ts";
import type { Search } from "#components/search/use-search.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Summary } from "#lib/contract/capture.ts";

type ResendSelectionProps = {
  captures: readonly Summary[];
  /** Instead of `captures`: all that is found. */
  whole?: Found | null;
};

export function ResendSelection({ captures, whole }: ResendSelectionProps) {
  const label = "Resend the selected captures";
  const run = () =>
    openBulkResend(whole ? { found: whole } : { ids: captures.map(({ id }) => id) });
  useCommands([
    {
      id: "bulk.selection",
      title: `${label}…`,
      group: "Captures",
      keywords: "bulk send again replay forward target url",
      icon: Send,
      run,
    },
  ]);
  return <ResendButton label={label} onClick={run} />;
}

type ResendFoundProps = { q: string; search: Search };

/** For a search that has found something. */
export function ResendFound({ q, search }: ResendFoundProps) {
  const { hasOlder, captures, shownUpTo: upTo } = search;
  const count = captures.length;
  const all = hasOlder ? "all" : count === 1 ? "the one" : `all ${count.toLocaleString("en")}`;
  const label = `Resend ${all} that match${count === 1 && !hasOlder ? "es" : ""}`;
  const run = () =>
    openBulkResend({ found: { q, upTo, count: hasOlder ? null : count, asOf: null } });
  useCommands([
    {
      id: "bulk.found",
      title: `${label}…`,
      group: "Captures",
      keywords: "bulk search send again replay forward target url",
      icon: Send,
      run,
    },
  ]);
  return <ResendButton label={label} onClick={run} />;
}

function ResendButton({ label, onClick }: { label: string; onClick: () => void }) {
  return <IconButton icon={Send} label={label} onClick={onClick} />;
}
