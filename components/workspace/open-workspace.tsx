"use client";

import { useState } from "react";
import { openDeviceLink } from "#components/api/workspace.ts";
import { Button, buttonStyle } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { InlineError } from "#components/ui/inline-error.tsx";

/** Uses a link up, which only a press may do: previews and prefetching fetch the page alone. */
export function OpenWorkspace({ secret }: { secret: string }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function open() {
    setBusy(true);
    setError(null);
    try {
      await openDeviceLink(secret);
      // The link is out of the history, and all that was loaded is the other workspace's.
      location.replace("/bins");
    } catch (cause) {
      setError(describeError(cause));
      setBusy(false);
    }
  }

  return (
    <div className="flex flex-col gap-3">
      {error && <InlineError>{error}</InlineError>}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" size="lg" disabled={busy} onClick={() => void open()}>
          {busy ? "Opening…" : "Open it in this browser"}
        </Button>
        <a href="/" className={buttonStyle({ size: "lg" })}>
          Cancel
        </a>
      </div>
    </div>
  );
}
