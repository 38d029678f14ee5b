"use client";

import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { bytesUrl } from "#components/api/captures.ts";
import { BytesView } from "#components/body/bytes-view.tsx";
import { DownloadLink } from "#components/body/download-link.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { Capture } from "#lib/contract/capture.ts";

type ReceivedView = "text" | "hex";

/** The whole request in one piece, as it came. Fetched when it is opened. */
export function ReceivedSection({ capture }: { capture: Capture }) {
  const [open, setOpen] = useState(false);
  return (
    <details
      className="group rounded-md border"
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary className="ring-inset-focus flex h-9 list-none items-center gap-2 rounded-md px-3 text-sm hover:bg-subtle [&::-webkit-details-marker]:hidden">
        <ChevronRight className="size-4 text-faint group-open:rotate-90" aria-hidden />
        <span className="font-semibold">As received</span>
        <span className="truncate text-faint text-xs">
          request line, headers and body in one piece
        </span>
      </summary>
      <div className="border-t p-3">{open && <Received capture={capture} />}</div>
    </details>
  );
}

function Received({ capture }: { capture: Capture }) {
  const [view, setView] = useState<ReceivedView>("text");
  return (
    <Tabs
      label="How to show the request"
      value={view}
      onValueChange={setView}
      tabs={[
        { value: "text", label: "Text" },
        { value: "hex", label: "Hex" },
      ]}
      actions={<DownloadLink href={bytesUrl(capture.id, "http")} label="Download as received" />}
    >
      <BytesView key={view} id={capture.id} kind="http" view={view} contentType={null} />
    </Tabs>
  );
}
