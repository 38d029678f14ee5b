"use client";

import { BulkForm } from "#components/bulk/bulk-form.tsx";
import { type BulkScope, openBulkResend } from "#components/bulk/bulk-resends.ts";
import { countOf } from "#components/bulk/count-of.ts";
import { DialogPopup } from "#components/ui/dialog-popup.tsx";

type BulkDialogProps = { binId: string; scope: BulkScope };

export function BulkDialog({ binId, scope }: BulkDialogProps) {
  const { what } = countOf(scope);
  const close = () => openBulkResend(null);
  return (
    <DialogPopup
      open
      onOpenChange={(open) => open || close()}
      size="lg"
      title={`Resend ${what}`}
      description="As they came, by the server. It goes on when this page is closed, and after a restart."
    >
      <BulkForm binId={binId} scope={scope} onDone={close} />
    </DialogPopup>
  );
}
