"use client";

import { ResendForm } from "#components/resend/resend-form.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Capture } from "#lib/contract/capture.ts";

type ResendDialogProps = {
  capture: Capture;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export function ResendDialog({ capture, open, onOpenChange }: ResendDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title={`Resend capture #${capture.seq}`}
      description="The server sends it. What you change here is for this sending alone: the capture stays as it is."
    >
      <ResendForm capture={capture} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}
