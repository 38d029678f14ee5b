"use client";

import { type FormEvent, useState } from "react";
import { updateBin } from "#components/api/bins.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Bin } from "#lib/contract/bin.ts";
import { BIN_NAME_MAX_LENGTH } from "#lib/contract/limits.ts";

type RenameBinDialogProps = {
  bin: Bin;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onRenamed: (bin: Bin) => void;
};

export function RenameBinDialog(props: RenameBinDialogProps) {
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange} title="Rename bin">
      <RenameBinForm {...props} />
    </Dialog>
  );
}

function RenameBinForm({ bin, onOpenChange, onRenamed }: RenameBinDialogProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    setBusy(true);
    setError(null);
    try {
      onRenamed(await updateBin(bin.id, { name: name === "" ? null : name }));
      onOpenChange(false);
    } catch (cause) {
      setError(describeError(cause));
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <Field
        label="Name"
        hint="Leave it empty to go by the id. The URL stays the same."
        error={error}
      >
        {(control) => (
          <Input
            {...control}
            name="name"
            defaultValue={bin.name ?? ""}
            maxLength={BIN_NAME_MAX_LENGTH}
            autoComplete="off"
          />
        )}
      </Field>
      <DialogActions>
        <Button onClick={() => onOpenChange(false)}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? "Saving…" : "Save"}
        </Button>
      </DialogActions>
    </form>
  );
}
