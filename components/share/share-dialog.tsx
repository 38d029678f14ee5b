"use client";

import { type ReactNode, useState } from "react";
import { createShare, type NewShare, type ShareOf } from "#components/api/shares.ts";
import { ShareLinks } from "#components/share/share-links.tsx";
import { SharePreview } from "#components/share/share-preview.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Field } from "#components/ui/field.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Input } from "#components/ui/input.tsx";
import { SHARE_LABEL_MAX_LENGTH } from "#lib/contract/limits.ts";
import type { CreatedShare, Redaction } from "#lib/contract/share.ts";

const HOUR = 60 * 60;
const DAY = 24 * HOUR;
const EXPIRIES: [label: string, seconds: number | null][] = [
  ["in an hour", HOUR],
  ["in a day", DAY],
  ["in a week", 7 * DAY],
  ["in 30 days", 30 * DAY],
  ["never", null],
];

type ShareDialogProps = {
  of: ShareOf;
  title: string;
  /** The capture that the preview shows: of a bin its newest, null when it has none. */
  previewOf: string | null;
  onOpenChange: (open: boolean) => void;
};

/** Makes links to a capture or a bin, and lists and revokes those that there are. */
export function ShareDialog({ of, title, previewOf, onOpenChange }: ShareDialogProps) {
  const [created, setCreated] = useState<CreatedShare[]>([]);
  const newest = created.at(-1);
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      size="lg"
      title={title}
      description={
        "captureId" in of
          ? "Whoever has the link sees this capture and nothing else, until the link ends."
          : "Whoever has the link sees all captures of this bin, also those to come, until the link ends."
      }
    >
      {newest && <NewLink share={newest} />}
      <ShareForm of={of} previewOf={previewOf} onCreated={(one) => setCreated([...created, one])} />
      <ShareLinks of={of} created={created} />
    </Dialog>
  );
}

function NewLink({ share }: { share: CreatedShare }) {
  return (
    <div className="flex flex-col gap-2 rounded-md border border-line-strong bg-subtle p-3">
      <div className="flex items-center gap-2">
        <output
          aria-label="The new link"
          className="min-w-0 flex-1 font-mono text-xs [overflow-wrap:anywhere]"
        >
          {share.url}
        </output>
        <CopyButton text={share.url} label="Copy the link" caption="Copy" variant="primary" />
      </div>
      <p className="text-muted text-xs">
        Copy it now: it is not shown again, because only a hash of it is kept.
      </p>
    </div>
  );
}

type ShareFormProps = {
  of: ShareOf;
  previewOf: string | null;
  onCreated: (share: CreatedShare) => void;
};

function ShareForm({ of, previewOf, onCreated }: ShareFormProps) {
  const [redact, setRedact] = useState(true);
  const [fields, setFields] = useState<Redaction>({ hide: [], show: [] });
  const [expiry, setExpiry] = useState(2);
  const [mayResend, setMayResend] = useState(false);
  const [label, setLabel] = useState("");
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function create() {
    setBusy(true);
    setError(null);
    const input: NewShare = {
      expiresIn: EXPIRIES[expiry]![1],
      redact,
      fields,
      allow: { resend: mayResend },
      label: label.trim() || null,
    };
    try {
      onCreated(await createShare(of, input));
    } catch (cause) {
      setError(describeError(cause));
    }
    setBusy(false);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
      className="flex min-w-0 flex-col gap-4"
    >
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="The link ends">
          {(control) => (
            <select
              {...control}
              value={expiry}
              onChange={(event) => setExpiry(Number(event.target.value))}
              className="h-8 rounded-md border border-line-strong bg-canvas px-2 text-base max-sm:text-lg"
            >
              {EXPIRIES.map(([name], index) => (
                <option key={name} value={index}>
                  {name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Label, optional" hint="Only you see it.">
          {(control) => (
            <Input
              {...control}
              value={label}
              onChange={(event) => setLabel(event.target.value)}
              maxLength={SHARE_LABEL_MAX_LENGTH}
              autoComplete="off"
            />
          )}
        </Field>
      </div>
      <Choice checked={redact} onChange={setRedact}>
        Hide secrets: credentials, cookies, tokens, signatures, addresses
      </Choice>
      {!redact && (
        <p className="rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-sm">
          Everything is shown as it was sent, with every token and password in it.
        </p>
      )}
      <div className="flex flex-col gap-1">
        <Choice checked={mayResend} onChange={setMayResend}>
          Allow sending it on: whoever has the link may send what it shows to a URL of theirs
        </Choice>
        {mayResend && (
          <p className="pl-6 text-muted text-sm">
            This server sends it. {redact && "What is hidden goes as [redacted], never as it was. "}
            You see how often it was done, not where it went.
          </p>
        )}
      </div>
      {previewOf !== null && (
        <SharePreview
          captureId={previewOf}
          ofBin={"binId" in of}
          redact={redact}
          fields={fields}
          onFields={setFields}
        />
      )}
      {error && <InlineError>{error}</InlineError>}
      <div className="flex justify-end">
        <Button type="submit" variant="primary" disabled={busy}>
          {busy ? "Creating…" : "Create link"}
        </Button>
      </div>
    </form>
  );
}

type ChoiceProps = { checked: boolean; onChange: (checked: boolean) => void; children: ReactNode };

function Choice({ checked, onChange, children }: ChoiceProps) {
  return (
    <label className="flex items-start gap-2 text-sm">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => onChange(event.target.checked)}
        className="mt-0.5 size-4 shrink-0 accent-(--accent)"
      />
      <span>{children}</span>
    </label>
  );
}
