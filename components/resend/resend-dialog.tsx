"use client";

import { ResendForm } from "#components/resend/resend-form.tsx";
import type { SendFrom } from "#components/resend/send-from.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Capture } from "#lib/contract/capture.ts";

type ResendDialogProps = {
  capture: Capture;
  from: SendFrom;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

export function ResendDialog({ capture, from, open, onOpenChange }: ResendDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title={`Resend capture #${capture.seq}`}
      description="What you change here is for this sending alone: the capture stays as it is."
    >
      <ResendForm capture={capture} startFrom={from} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}
