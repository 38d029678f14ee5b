"use client";

import { MoreHorizontal, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { binLabel } from "#components/bins/bin-label.ts";
import { DeleteBinDialog } from "#components/bins/remove-dialogs.tsx";
import { RenameBinDialog } from "#components/bins/rename-bin-dialog.tsx";
import { cn } from "#components/ui/cn.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuItem } from "#components/ui/menu.tsx";
import { Age, Until } from "#components/ui/time.tsx";
import type { Bin } from "#lib/contract/bin.ts";

type BinRowProps = { bin: Bin; onChanged: () => void };

export function BinRow({ bin, onChanged }: BinRowProps) {
  const [dialog, setDialog] = useState<"rename" | "delete" | null>(null);
  const close = () => setDialog(null);
  return (
    <li className="relative flex items-center gap-3 border-b px-3 py-3 transition-colors last:border-b-0 hover:bg-subtle sm:px-4">
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <Link
          href={`/bins/${bin.id}`}
          className={cn(
            "ring-inset-focus w-fit max-w-full truncate font-medium after:absolute after:inset-0",
            bin.name === null && "font-mono text-sm",
          )}
        >
          {binLabel(bin)}
        </Link>
        <div className="flex min-w-0 items-center gap-1">
          <span className="truncate font-mono text-muted text-xs" title={bin.captureUrl}>
            {bin.captureUrl}
          </span>
          <CopyButton
            text={bin.captureUrl}
            label={`Copy capture URL of ${binLabel(bin)}`}
            className="relative z-10"
          />
        </div>
        <BinFacts bin={bin} />
      </div>
      <div className="relative z-10">
        <Menu trigger={<IconButton icon={MoreHorizontal} label={`Actions for ${binLabel(bin)}`} />}>
          <MenuItem icon={Pencil} onClick={() => setDialog("rename")}>
            Rename
          </MenuItem>
          <MenuItem icon={Trash2} danger onClick={() => setDialog("delete")}>
            Delete bin
          </MenuItem>
        </Menu>
      </div>
      <RenameBinDialog
        bin={bin}
        open={dialog === "rename"}
        onOpenChange={close}
        onRenamed={onChanged}
      />
      <DeleteBinDialog
        bin={bin}
        open={dialog === "delete"}
        onOpenChange={close}
        onDone={onChanged}
      />
    </li>
  );
}

function BinFacts({ bin }: { bin: Bin }) {
  return (
    <p className="flex flex-wrap gap-x-3 text-faint text-xs">
      <span className="text-muted">{formatCount(bin.storedCount, "capture")}</span>
      {bin.lastCaptureAt ? (
        <span>
          last <Age iso={bin.lastCaptureAt} ago />
        </span>
      ) : (
        <span>nothing captured yet</span>
      )}
      <span>
        expires <Until iso={bin.expiresAt} />
      </span>
    </p>
  );
}
