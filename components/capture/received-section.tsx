"use client";

import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { bytesUrl } from "#components/api/captures.ts";
import { loadBytes } from "#components/api/read-bytes.ts";
import type { BodySource } from "#components/body/body-source.ts";
import { DeferredBodyViewer } from "#components/body/deferred-body-viewer.ts";
import type { Capture } from "#lib/contract/capture.ts";

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
  const source = useMemo<BodySource>(
    () => ({
      href: bytesUrl(capture.id, "http"),
      size: null,
      load: (signal, onProgress) => loadBytes(capture.id, "http", signal, onProgress),
    }),
    [capture.id],
  );
  return (
    <DeferredBodyViewer
      source={source}
      contentType={null}
      contentEncoding={null}
      name={`${capture.id}.http`}
    />
  );
}
