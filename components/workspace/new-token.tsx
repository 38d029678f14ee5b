"use client";

import { Plus } from "lucide-react";
import { type FormEvent, useState } from "react";
import { createToken } from "#components/api/workspace.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Input } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";
import { TOKEN_LABEL_MAX_LENGTH } from "#lib/contract/limits.ts";
import type { CreatedToken, Scope } from "#lib/contract/token.ts";

const DAY = 24 * 60 * 60;
const EXPIRIES: [label: string, seconds: number | null][] = [
  ["in a week", 7 * DAY],
  ["in 30 days", 30 * DAY],
  ["in 90 days", 90 * DAY],
  ["in a year", 365 * DAY],
  ["never", null],
];
const DEFAULT_EXPIRY = 2;

export function NewToken({ onCreated }: { onCreated: () => void }) {
  const [open, setOpen] = useState(false);
  const [created, setCreated] = useState<CreatedToken | null>(null);

  function changeOpen(next: boolean) {
    setOpen(next);
    if (next) setCreated(null);
  }

  return (
    <>
      <Button onClick={() => changeOpen(true)}>
        <Plus aria-hidden />
        New token
      </Button>
      <Dialog
        open={open}
        onOpenChange={changeOpen}
        title={created ? "Your new token" : "New token"}
        description={
          created
            ? "Copy it now: it is not shown again, because only a hash of it is kept."
            : undefined
        }
        size={created ? "lg" : "md"}
      >
        {created ? (
          <TokenSecret created={created} onDone={() => changeOpen(false)} />
        ) : (
          <NewTokenForm
            onCancel={() => changeOpen(false)}
            onCreated={(token) => {
              setCreated(token);
              onCreated();
            }}
          />
        )}
      </Dialog>
    </>
  );
}

type NewTokenFormProps = { onCancel: () => void; onCreated: (token: CreatedToken) => void };

function NewTokenForm({ onCancel, onCreated }: NewTokenFormProps) {
  const [busy, setBusy] = useState(false);
  const [missing, setMissing] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const label = String(data.get("label")).trim();
    setMissing(label === "");
    setError(null);
    if (label === "") return;
    setBusy(true);
    try {
      const expiresIn = EXPIRIES[Number(data.get("expiry"))]![1];
      onCreated(await createToken({ label, scope: data.get("scope") as Scope, expiresIn }));
    } catch (cause) {
      setError(describeError(cause));
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <Field
        label="What it is for"
        hint="How you tell it from others: deploy script, Anna's laptop"
        error={missing ? "Say what it is for, so that you know later what a revoke breaks." : null}
      >
        {(control) => (
          <Input {...control} name="label" maxLength={TOKEN_LABEL_MAX_LENGTH} autoComplete="off" />
        )}
      </Field>
      <Field label="It may" hint="Reading includes the live feed and downloads.">
        {(control) => (
          <Select {...control} name="scope" defaultValue="read">
            <option value="read">read only</option>
            <option value="write">read and write: change and delete too</option>
          </Select>
        )}
      </Field>
      <Field label="It expires">
        {(control) => (
          <Select {...control} name="expiry" defaultValue={DEFAULT_EXPIRY}>
            {EXPIRIES.map(([name], index) => (
              <option key={name} value={index}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {error && <InlineError>{error}</InlineError>}
      <DialogActions>
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? "Creating…" : "Create token"}
        </Button>
      </DialogActions>
    </form>
  );
}

function TokenSecret({ created, onDone }: { created: CreatedToken; onDone: () => void }) {
  const curl = `curl -H 'Authorization: Bearer ${created.token}' ${location.origin}/api/v1/bins`;
  return (
    <>
      <Copyable label="The new token" text={created.token} copy="Copy the token" primary />
      <div className="flex flex-col gap-1">
        <p className="text-muted text-sm">Try it:</p>
        <Copyable label="A curl line with it" text={curl} copy="Copy the curl line" />
      </div>
      <DialogActions>
        <Button onClick={onDone}>Done</Button>
      </DialogActions>
    </>
  );
}

type CopyableProps = { label: string; text: string; copy: string; primary?: boolean };

function Copyable({ label, text, copy, primary }: CopyableProps) {
  return (
    <div className="flex items-center gap-2 rounded-md border border-line-strong bg-subtle p-3">
      <output
        aria-label={label}
        className="min-w-0 flex-1 font-mono text-xs [overflow-wrap:anywhere]"
      >
        {text}
      </output>
      <CopyButton
        text={text}
        label={copy}
        caption="Copy"
        variant={primary ? "primary" : "secondary"}
      />
    </div>
  );
}
