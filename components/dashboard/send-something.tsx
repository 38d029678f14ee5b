"use client";

import { Send } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { notifyError } from "#components/ui/toast.tsx";
import { exampleCurl } from "#lib/export/curl.ts";

/** What to do with a bin that has nothing to show: send it something. */
export function SendSomething({ captureUrl }: { captureUrl: string }) {
  const curl = exampleCurl(captureUrl);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-col gap-1">
        <h3 className="font-medium text-sm">From a terminal</h3>
        <div className="flex items-start gap-2 rounded-md border bg-subtle py-2 pr-2 pl-3">
          <code className="as-sent min-w-0 flex-1 py-0.5 text-xs">{curl}</code>
          <CopyButton text={curl} label="Copy the curl line" />
        </div>
      </div>
      <div className="flex flex-col items-start gap-1">
        <h3 className="font-medium text-sm">From here</h3>
        <TestRequestButton captureUrl={captureUrl} />
      </div>
    </div>
  );
}

function TestRequestButton({ captureUrl }: { captureUrl: string }) {
  const [busy, setBusy] = useState(false);

  async function send() {
    setBusy(true);
    try {
      await sendTestRequest(captureUrl);
    } catch (cause) {
      notifyError("The test request did not get through", cause);
    } finally {
      setBusy(false);
    }
  }

  return (
    <Button onClick={send} disabled={busy}>
      <Send aria-hidden />
      {busy ? "Sending…" : "Send a test request"}
    </Button>
  );
}

async function sendTestRequest(captureUrl: string): Promise<void> {
  const response = await fetch(captureUrl, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ hello: "world" }),
  }).catch(() => {
    throw new Error(`This browser cannot reach ${captureUrl}. Try the curl line instead.`);
  });
  if (response.status === 404) throw new Error("The server does not know this bin any more.");
  if (response.status === 503) {
    throw new Error("The server cannot store anything right now. Try again in a moment.");
  }
}
