"use client";

import { useEffect, useState } from "react";
import { getSharedCapture, resendShared } from "#components/api/shares.ts";
import { Loading } from "#components/body/loading.tsx";
import { ResendForm } from "#components/resend/resend-form.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import type { Capture } from "#lib/contract/capture.ts";
import type { SharedDelivery } from "#lib/contract/share.ts";

type SharedResendDialogProps = {
  path: string;
  seq: number;
  redact: boolean;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSent: (delivery: SharedDelivery) => void;
};

/** The editor of a resend, over what the link shows. */
export function SharedResendDialog(props: SharedResendDialogProps) {
  const { path, seq, redact, open, onOpenChange, onSent } = props;
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title={`Resend capture #${seq}`}
      description={
        redact
          ? "The server sends what this page shows. What is hidden goes as [redacted]: a signature over it will not verify."
          : "The server sends it. What you change here is for this sending alone."
      }
    >
      <Editor path={path} onSent={onSent} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

type EditorProps = { path: string; onSent: (delivery: SharedDelivery) => void; onDone: () => void };

function Editor({ path, onSent, onDone }: EditorProps) {
  const [capture, setCapture] = useState<Capture | null>(null);
  const [error, setError] = useState<unknown>(null);

  useEffect(() => {
    const abort = new AbortController();
    getSharedCapture(path, abort.signal).then(setCapture, (cause) => {
      if (!abort.signal.aborted) setError(cause);
    });
    return () => abort.abort();
  }, [path]);

  if (!capture) return <Loading error={error} />;
  const send = async (input: Parameters<typeof resendShared>[1]) =>
    onSent(await resendShared(path, input));
  return <ResendForm capture={capture} send={send} onDone={onDone} />;
}
