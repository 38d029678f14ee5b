"use client";

import { Eraser, MoreHorizontal, Pencil, Trash2 } from "lucide-react";
import { ClearBinDialog, DeleteBinDialog } from "#components/bins/remove-dialogs.tsx";
import { RenameBinDialog } from "#components/bins/rename-bin-dialog.tsx";
import { Button } from "#components/ui/button.tsx";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import type { Bin } from "#lib/contract/bin.ts";

export type BinDialog = "rename" | "clear" | "delete";

type BinMenuProps = {
  bin: Bin;
  dialog: BinDialog | null;
  onDialog: (dialog: BinDialog | null) => void;
  onRenamed: (bin: Bin) => void;
  onCleared: () => void;
  onDeleted: () => void;
};

export function BinMenu({ bin, dialog, onDialog, ...on }: BinMenuProps) {
  const close = () => onDialog(null);
  return (
    <>
      <Menu
        trigger={
          <Button variant="ghost" size="icon" aria-label="Bin actions">
            <MoreHorizontal aria-hidden />
          </Button>
        }
      >
        <MenuItem icon={Pencil} onClick={() => onDialog("rename")}>
          Rename
        </MenuItem>
        <MenuItem icon={Eraser} onClick={() => onDialog("clear")}>
          Clear captures
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Trash2} danger onClick={() => onDialog("delete")}>
          Delete bin
        </MenuItem>
      </Menu>
      <RenameBinDialog
        bin={bin}
        open={dialog === "rename"}
        onOpenChange={close}
        onRenamed={on.onRenamed}
      />
      <ClearBinDialog
        bin={bin}
        open={dialog === "clear"}
        onOpenChange={close}
        onDone={on.onCleared}
      />
      <DeleteBinDialog
        bin={bin}
        open={dialog === "delete"}
        onOpenChange={close}
        onDone={on.onDeleted}
      />
    </>
  );
}
