"use client";

import { Trash2 } from "lucide-react";
import { type FormEvent, useEffect, useState } from "react";
import { deleteWorkspace, getInventory } from "#components/api/workspace.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Input } from "#components/ui/input.tsx";
import { InventoryList } from "#components/workspace/inventory-list.tsx";
import type { Inventory, Workspace } from "#lib/contract/workspace.ts";

export function DeleteEverything({ workspace }: { workspace: Workspace }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)} className="text-red">
        <Trash2 aria-hidden />
        Delete everything
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Delete everything?"
        description="This is what goes. Nothing of it can be read from that moment on, and it is removed from the disk. There is no undo."
        size="lg"
      >
        <DeleteForm workspace={workspace} onCancel={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

type DeleteFormProps = { workspace: Workspace; onCancel: () => void };

function DeleteForm({ workspace, onCancel }: DeleteFormProps) {
  const [inventory, setInventory] = useState<Inventory | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const word = workspace.name ?? "delete";

  useEffect(() => {
    const abort = new AbortController();
    getInventory(abort.signal).then(setInventory, (cause) => {
      if (!abort.signal.aborted) setError(describeError(cause));
    });
    return () => abort.abort();
  }, []);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (typed.trim() !== word || busy) return;
    setBusy(true);
    setError(null);
    try {
      await deleteWorkspace();
      location.assign("/");
    } catch (cause) {
      setError(describeError(cause));
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} className="flex min-w-0 flex-col gap-4">
      {inventory ? (
        <InventoryList inventory={inventory} />
      ) : (
        !error && <p className="animate-appear-late text-faint text-sm">Counting…</p>
      )}
      {error && <InlineError>{error}</InlineError>}
      <Field label={`Type “${word}” to confirm`}>
        {(control) => (
          <Input
            {...control}
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
          />
        )}
      </Field>
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button
          type="submit"
          variant="danger"
          disabled={typed.trim() !== word || !inventory || busy}
        >
          {busy ? "Deleting…" : "Delete everything"}
        </Button>
      </DialogActions>
    </form>
  );
}
