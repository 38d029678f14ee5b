"use client";

import {
  Eraser,
  FileOutput,
  Forward,
  Keyboard,
  LogOut,
  MoreHorizontal,
  Pencil,
  Reply,
  Share2,
  Trash2,
} from "lucide-react";
import { lazy, Suspense } from "react";
import { binLabel } from "#components/bins/bin-label.ts";
import { DeleteBinDialog } from "#components/bins/remove-dialogs.tsx";
import { RenameBinDialog } from "#components/bins/rename-bin-dialog.tsx";
import { commandRegistry } from "#components/commands/command-registry.ts";
import { ExportBin } from "#components/export/export-bin.tsx";
import { ReplyDialog } from "#components/reply/reply-dialog.tsx";
import { signOut } from "#components/sign-in/sign-out.ts";
import { useSignedIn } from "#components/sign-in/signed-in.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";
import { Menu, MenuItem, MenuSeparator } from "#components/ui/menu.tsx";
import type { Bin } from "#lib/contract/bin.ts";

const ShareBin = lazy(() =>
  import("#components/share/share-bin.tsx").then((module) => ({ default: module.ShareBin })),
);

const rulesPart = lazyPart(() => import("#components/forwards/rules-dialog.tsx"));

export type BinDialog = "rename" | "reply" | "rules" | "share" | "export" | "delete";

type BinMenuProps = {
  bin: Bin;
  dialog: BinDialog | null;
  onDialog: (dialog: BinDialog | null) => void;
  onChanged: (bin: Bin) => void;
  onClear: () => void;
  onDeleted: () => void;
};

export function BinMenu({ bin, dialog, onDialog, ...on }: BinMenuProps) {
  const close = () => onDialog(null);
  const rules = useLazyPart(rulesPart, dialog === "rules");
  const canSignOut = useSignedIn()?.canSignOut ?? false;
  return (
    <>
      <Menu trigger={<IconButton icon={MoreHorizontal} label="Bin actions" />}>
        <MenuItem icon={Share2} onClick={() => onDialog("share")}>
          Share
        </MenuItem>
        <MenuItem icon={Pencil} onClick={() => onDialog("rename")}>
          Rename
        </MenuItem>
        <MenuItem icon={Reply} onClick={() => onDialog("reply")}>
          Edit reply
        </MenuItem>
        <MenuItem icon={Forward} onClick={() => onDialog("rules")}>
          Forward rules…
        </MenuItem>
        <MenuItem icon={FileOutput} onClick={() => onDialog("export")}>
          Export captures
        </MenuItem>
        <MenuItem icon={Eraser} onClick={on.onClear}>
          Clear captures
        </MenuItem>
        <MenuSeparator />
        <MenuItem icon={Keyboard} onClick={() => commandRegistry.find("help.open")?.run()}>
          Keyboard shortcuts
        </MenuItem>
        {canSignOut && (
          <MenuItem icon={LogOut} onClick={signOut}>
            Sign out
          </MenuItem>
        )}
        <MenuSeparator />
        <MenuItem icon={Trash2} danger onClick={() => onDialog("delete")}>
          Delete bin
        </MenuItem>
      </Menu>
      <ExportBin
        bin={bin}
        open={dialog === "export"}
        onOpenChange={(open) => onDialog(open ? "export" : null)}
      />
      {rules && (
        <rules.RulesDialog
          binId={bin.id}
          open={dialog === "rules"}
          onOpenChange={(open) => onDialog(open ? "rules" : null)}
        />
      )}
      {dialog === "share" && (
        <Suspense>
          <ShareBin binId={bin.id} title={`Share ${binLabel(bin)}`} onOpenChange={close} />
        </Suspense>
      )}
      <RenameBinDialog
        bin={bin}
        open={dialog === "rename"}
        onOpenChange={close}
        onRenamed={on.onChanged}
      />
      <ReplyDialog
        bin={bin}
        open={dialog === "reply"}
        onOpenChange={close}
        onSaved={on.onChanged}
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
