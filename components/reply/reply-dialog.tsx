"use client";

import { lazy, Suspense, useCallback, useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { notify } from "#components/ui/toast.tsx";
import type { Bin } from "#lib/contract/bin.ts";

// With the schema that checks it.
const ReplyForm = lazy(async () => {
  const { ReplyForm: form } = await import("#components/reply/reply-form.tsx");
  return { default: form };
});

type ReplyDialogProps = {
  bin: Bin;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSaved: (bin: Bin) => void;
};

/** The editor of what senders get. Closing it asks first when something would be lost. */
export function ReplyDialog({ bin, open, onOpenChange, onSaved }: ReplyDialogProps) {
  const [dirty, setDirty] = useState(false);
  const [asking, setAsking] = useState(false);
  const onDirty = useCallback((next: boolean) => setDirty(next), []);

  useEffect(() => {
    if (!open || !dirty) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [open, dirty]);

  function close() {
    setDirty(false);
    setAsking(false);
    onOpenChange(false);
  }

  function requestClose() {
    if (dirty) setAsking(true);
    else close();
  }

  return (
    <>
      <Dialog
        open={open}
        onOpenChange={requestClose}
        size="lg"
        title="Reply"
        description="What every sender to this bin gets, once its request is stored."
      >
        <Suspense fallback={<p className="animate-appear-late text-faint text-sm">Loading…</p>}>
          <ReplyForm
            bin={bin}
            onDirty={onDirty}
            onCancel={requestClose}
            onSaved={(changed) => {
              onSaved(changed);
              notify("Saved the reply");
              close();
            }}
          />
        </Suspense>
      </Dialog>
      <Dialog
        open={open && asking}
        onOpenChange={setAsking}
        title="Discard the changes?"
        description="The reply was changed and not saved."
      >
        <DialogActions>
          <Button onClick={() => setAsking(false)}>Keep editing</Button>
          <Button variant="danger" onClick={close}>
            Discard
          </Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
