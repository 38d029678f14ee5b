"use client";

import { useSyncExternalStore } from "react";
import { BulkDialog } from "#components/bulk/bulk-dialog.tsx";
import { BulkItem } from "#components/bulk/bulk-item.tsx";
import type { BulkScope } from "#components/bulk/bulk-resends.ts";
import { closedSummaries } from "#components/bulk/closed-summaries.ts";
import type { BulkResend } from "#lib/contract/bulk-resend.ts";

type BulkPartProps = {
  binId: string;
  bulks: readonly BulkResend[];
  scope: BulkScope | null;
  isLive: boolean;
};

export function BulkPart({ binId, bulks, scope, isLive }: BulkPartProps) {
  const closed = useSyncExternalStore(
    closedSummaries.subscribe,
    closedSummaries.get,
    closedSummaries.get,
  );
  const shown = bulks
    .filter(({ id, endedAt }) => endedAt === null || !closed.includes(id))
    .sort((a, b) => b.startedAt.localeCompare(a.startedAt));
  return (
    <>
      {shown.length > 0 && (
        <section
          aria-label="Bulk resends"
          className="max-h-[45dvh] shrink-0 divide-y overflow-y-auto border-t bg-subtle"
        >
          {shown.map((bulk) => (
            <BulkItem key={bulk.id} bulk={bulk} isLive={isLive} />
          ))}
        </section>
      )}
      {scope && <BulkDialog key={binId} binId={binId} scope={scope} />}
    </>
  );
}
