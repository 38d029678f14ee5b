"use client";

import { deleteBin } from "#components/api/bins.ts";
import { binLabel } from "#components/bins/bin-label.ts";
import { useCurrentCount } from "#components/bins/use-current-count.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import type { Bin } from "#lib/contract/bin.ts";

type RemoveDialogProps = {
  bin: Bin;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDone: () => void;
};

function captures(count: number | null): string {
  if (count === null) return "all its captures";
  return count === 0 ? "no captures" : formatCount(count, "capture");
}

export function DeleteBinDialog({ bin, open, onOpenChange, onDone }: RemoveDialogProps) {
  const count = useCurrentCount(bin.id, open);
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Delete ${binLabel(bin)}?`}
      description={
        <>
          The bin goes, and with it <strong className="text-ink">{captures(count)}</strong>. Its URL
          stops working: senders get a 404. This cannot be undone.
        </>
      }
      action="Delete bin"
      onConfirm={async () => {
        await deleteBin(bin.id);
        onDone();
      }}
    />
  );
}
