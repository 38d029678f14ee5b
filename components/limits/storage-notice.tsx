"use client";

import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { Button, buttonStyle } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { formatCount } from "#components/ui/format-count.ts";
import type { Storage } from "#lib/contract/instance-limits.ts";

type StorageNoticeProps = {
  storage: Storage;
  /** Of the bin that is shown, if one is: what can be deleted here. */
  bin?: {
    stored: number;
    /** Whether it is asked if all captures are to be deleted. */
    asking: boolean;
    onAsking: (asking: boolean) => void;
    onClear: () => Promise<void>;
  };
};

function textsOf({ usedBytes, limitBytes, full }: Storage): [title: string, text: string] {
  if (full === "workspace") {
    return [
      "This workspace is full: senders get 429.",
      "Delete captures or bins, and what they send again is taken. While it is full, deleting is for good.",
    ];
  }
  if (full === "instance") {
    return [
      "This instance is full: senders get 429.",
      "Whoever runs it has to make room; deleting captures or bins that you do not need helps. It is for good while there is no room.",
    ];
  }
  const left = Math.max(0, (limitBytes ?? 0) - usedBytes);
  return [
    `This workspace is nearly full: ${formatBytes(left)} left.`,
    "Without room, senders get 429. Delete captures or bins that you do not need.",
  ];
}

/** Says that there is no room, or hardly any, and what to do. */
export function StorageNotice({ storage, bin }: StorageNoticeProps) {
  const [title, text] = textsOf(storage);
  const isFull = storage.full !== null;
  return (
    <section
      aria-label="Storage"
      className={cn(
        "flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2 text-sm",
        bin ? "border-b" : "rounded-md border",
        isFull ? "border-red-line bg-red-soft" : "border-amber-line bg-amber-soft",
      )}
    >
      <p role="status" className="flex min-w-0 flex-1 basis-80 gap-2">
        <TriangleAlert
          aria-hidden
          className={cn("mt-0.5 size-4 shrink-0", isFull ? "text-red" : "text-amber")}
        />
        <span>
          <strong className={cn("font-medium", isFull ? "text-red" : "text-amber")}>{title}</strong>{" "}
          {text}
        </span>
      </p>
      {bin && (
        <div className="flex gap-2">
          {bin.stored > 0 && (
            <Button size="sm" onClick={() => bin.onAsking(true)}>
              Delete captures…
            </Button>
          )}
          <Link href="/bins" className={buttonStyle({ size: "sm" })}>
            Your bins
          </Link>
          <ConfirmDialog
            open={bin.asking}
            onOpenChange={bin.onAsking}
            title="Delete all captures of this bin?"
            description={
              <>
                <strong className="text-ink">{formatCount(bin.stored, "capture")}</strong> will go.{" "}
                {isFull
                  ? "The room is needed, so this cannot be undone."
                  : "This can be undone for ten minutes, and makes room after that."}
              </>
            }
            action="Delete captures"
            onConfirm={bin.onClear}
          />
        </div>
      )}
    </section>
  );
}
