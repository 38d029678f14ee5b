"use client";

import { type FormEvent, useState } from "react";
import { renameWorkspace } from "#components/api/workspace.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";
import { notify } from "#components/ui/toast.tsx";
import { WORKSPACE_NAME_MAX_LENGTH } from "#lib/contract/limits.ts";
import type { Workspace } from "#lib/contract/workspace.ts";

type NameFormProps = { workspace: Workspace; onChanged: () => void };

export function NameForm({ workspace, onChanged }: NameFormProps) {
  const saved = workspace.name ?? "";
  const [name, setName] = useState(saved);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const isChanged = name.trim() !== saved;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    setBusy(true);
    setError(null);
    try {
      await renameWorkspace(name.trim() || null);
      notify(name.trim() === "" ? "The workspace has no name now" : "Saved the name");
      onChanged();
    } catch (cause) {
      setError(describeError(cause));
    }
    setBusy(false);
  }

  return (
    <form onSubmit={submit} className="flex max-w-[480px] items-start gap-2">
      <div className="min-w-0 flex-1">
        <Field
          label="Name"
          hint="Tells this workspace from others, when it is opened on another device."
          error={error}
        >
          {(control) => (
            <Input
              {...control}
              value={name}
              onChange={(event) => setName(event.target.value)}
              placeholder="No name"
              maxLength={WORKSPACE_NAME_MAX_LENGTH}
              autoComplete="off"
            />
          )}
        </Field>
      </div>
      <Button type="submit" disabled={busy || !isChanged} className="mt-6">
        {busy ? "Saving…" : "Save"}
      </Button>
    </form>
  );
}
