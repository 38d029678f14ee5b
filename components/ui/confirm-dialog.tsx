"use client";

import { type ReactNode, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";

type ConfirmDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description: ReactNode;
  /** The verb and its object: "Delete bin". */
  action: string;
  onConfirm: () => Promise<void>;
};

/** Asks before something is lost. Stays open with the reason when the action fails. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { open, onOpenChange, title, description, action, onConfirm } = props;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  function changeOpen(next: boolean) {
    setError(null);
    onOpenChange(next);
  }

  async function confirm() {
    setBusy(true);
    setError(null);
    try {
      await onConfirm();
      changeOpen(false);
    } catch (cause) {
      setError(describeError(cause));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Dialog open={open} onOpenChange={changeOpen} title={title} description={description}>
      {error && <InlineError>{error}</InlineError>}
      <DialogActions>
        <Button onClick={() => changeOpen(false)}>Cancel</Button>
        <Button variant="danger" disabled={busy} onClick={confirm}>
          {busy ? "Working…" : action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
