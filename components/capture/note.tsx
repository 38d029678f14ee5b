"use client";

import { Pencil, StickyNote } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useCommands } from "#components/commands/use-commands.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Field } from "#components/ui/field.tsx";
import { Textarea } from "#components/ui/input.tsx";
import { NOTE_MAX_LENGTH } from "#lib/contract/limits.ts";

type NoteProps = { note: string | null; onSave: (note: string | null) => Promise<void> };

export function Note({ note, onSave }: NoteProps) {
  const [editing, setEditing] = useState(false);
  useCommands([
    {
      id: "capture.note",
      title: note === null ? "Add a note" : "Edit the note",
      group: "Captures",
      shortcut: "n",
      icon: StickyNote,
      isEnabled: () => !editing,
      run: () => setEditing(true),
    },
  ]);

  if (editing) return <NoteForm note={note} onSave={onSave} onClose={() => setEditing(false)} />;
  if (note === null) {
    return (
      <Button
        variant="ghost"
        size="sm"
        className="-ml-2 self-start"
        onClick={() => setEditing(true)}
      >
        <StickyNote aria-hidden />
        Add a note
      </Button>
    );
  }
  return (
    <div className="flex items-start gap-2 rounded-md border border-dashed border-line-strong py-1.5 pr-1.5 pl-3">
      <p className="min-w-0 flex-1 whitespace-pre-wrap py-0.5 text-sm [overflow-wrap:anywhere]">
        {note}
      </p>
      <Button
        variant="ghost"
        size="iconSmall"
        aria-label="Edit note"
        onClick={() => setEditing(true)}
      >
        <Pencil aria-hidden />
      </Button>
    </div>
  );
}

function NoteForm({ note, onSave, onClose }: NoteProps & { onClose: () => void }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const text = String(new FormData(event.currentTarget).get("note")).trim();
    setBusy(true);
    setError(null);
    try {
      await onSave(text === "" ? null : text);
      onClose();
    } catch (cause) {
      setError(describeError(cause));
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <Field label="Note" error={error}>
        {(control) => (
          <Textarea
            {...control}
            name="note"
            rows={3}
            defaultValue={note ?? ""}
            maxLength={NOTE_MAX_LENGTH}
            autoFocus
            onKeyDown={(event) => {
              if (event.key === "Escape") onClose();
              const sends = event.key === "Enter" && (event.metaKey || event.ctrlKey);
              if (sends) event.currentTarget.form?.requestSubmit();
            }}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" size="sm" disabled={busy}>
          {busy ? "Saving…" : "Save note"}
        </Button>
        <Button size="sm" onClick={onClose}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
