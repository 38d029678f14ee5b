"use client";

import { Check } from "lucide-react";
import { useEffect, useState } from "react";
import { cancelDeviceLink, createDeviceLink } from "#components/api/workspace.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { DialogActions } from "#components/ui/dialog.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { notify, notifyError } from "#components/ui/toast.tsx";
import { QrCode } from "#components/workspace/qr-code.tsx";
import { useDeviceLink } from "#components/workspace/use-device-link.ts";
import { useSecondsLeft } from "#components/workspace/use-seconds-left.ts";
import type { CreatedDeviceLink } from "#lib/contract/workspace.ts";

type DeviceLinkProps = { onUsed: () => void; onDone: () => void };

/** Makes a link as soon as it is shown, and follows it until it is used or over. */
export function DeviceLink({ onUsed, onDone }: DeviceLinkProps) {
  const [link, setLink] = useState<CreatedDeviceLink | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt makes another link
  useEffect(() => {
    let isCurrent = true;
    setLink(null);
    setError(null);
    createDeviceLink().then(
      (created) => {
        if (isCurrent) setLink(created);
        // Nobody has seen it.
        else cancelDeviceLink(created.id).catch(() => {});
      },
      (cause) => isCurrent && setError(describeError(cause)),
    );
    return () => {
      isCurrent = false;
    };
  }, [attempt]);

  if (error) {
    return (
      <>
        <InlineError>{error}</InlineError>
        <DialogActions>
          <Button onClick={onDone}>Close</Button>
          <Button variant="primary" onClick={() => setAttempt(attempt + 1)}>
            Try again
          </Button>
        </DialogActions>
      </>
    );
  }
  if (!link) return <p className="animate-appear-late text-faint text-sm">Making a link…</p>;
  return (
    <LinkState
      link={link}
      onUsed={onUsed}
      onDone={onDone}
      onAnother={() => setAttempt(attempt + 1)}
    />
  );
}

type LinkStateProps = DeviceLinkProps & { link: CreatedDeviceLink; onAnother: () => void };

function LinkState({ link, onUsed, onDone, onAnother }: LinkStateProps) {
  const secondsLeft = useSecondsLeft(link.expiresAt);
  const [cancelling, setCancelling] = useState(false);
  // One that is cancelled is not there to be asked for.
  const isUsed = useDeviceLink(link, !cancelling, onUsed);

  async function cancel() {
    setCancelling(true);
    try {
      await cancelDeviceLink(link.id);
      notify("The link was cancelled");
      onDone();
    } catch (cause) {
      notifyError("The link was not cancelled", cause);
      setCancelling(false);
    }
  }

  if (isUsed) {
    return (
      <>
        <p
          role="status"
          className="flex items-center gap-2 rounded-md border border-green-line bg-green-soft px-3 py-2 text-sm"
        >
          <Check className="size-4 shrink-0 text-green" aria-hidden />
          The link was used: the workspace is open on the other device.
        </p>
        <DialogActions>
          <Button onClick={onAnother}>Another device</Button>
          <Button variant="primary" onClick={onDone}>
            Done
          </Button>
        </DialogActions>
      </>
    );
  }
  if (secondsLeft === 0) {
    return (
      <>
        <p role="status" className="text-muted text-sm">
          The link has expired. Nobody used it.
        </p>
        <DialogActions>
          <Button onClick={onDone}>Close</Button>
          <Button variant="primary" onClick={onAnother}>
            New link
          </Button>
        </DialogActions>
      </>
    );
  }
  return (
    <OpenLink
      link={link}
      secondsLeft={secondsLeft}
      cancelling={cancelling}
      onCancel={() => void cancel()}
      onDone={onDone}
    />
  );
}

type OpenLinkProps = {
  link: CreatedDeviceLink;
  secondsLeft: number;
  cancelling: boolean;
  onCancel: () => void;
  onDone: () => void;
};

function OpenLink({ link, secondsLeft, cancelling, onCancel, onDone }: OpenLinkProps) {
  return (
    <>
      <div className="flex justify-center">
        <QrCode text={link.url} label="QR code of the link" />
      </div>
      <div className="flex items-center gap-2 rounded-md border border-line-strong bg-subtle p-3">
        <output
          aria-label="The link"
          className="min-w-0 flex-1 font-mono text-xs [overflow-wrap:anywhere]"
        >
          {link.url}
        </output>
        <CopyButton text={link.url} label="Copy the link" caption="Copy" />
      </div>
      {isLoopback(link.url) && (
        <p className="rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-sm">
          This address leads to this machine alone: it works in another browser here. For other
          devices the server needs HOST and PUBLIC_URL.
        </p>
      )}
      <DialogActions>
        <p className="mr-auto self-center text-muted text-sm tabular-nums">
          Good for {Math.floor(secondsLeft / 60)}:{String(secondsLeft % 60).padStart(2, "0")}
        </p>
        <Button disabled={cancelling} onClick={onCancel}>
          Cancel the link
        </Button>
        <Button variant="primary" onClick={onDone}>
          Done
        </Button>
      </DialogActions>
    </>
  );
}

function isLoopback(url: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname);
}
