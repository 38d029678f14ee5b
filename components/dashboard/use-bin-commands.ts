"use client";

import {
  Copy,
  Eraser,
  Forward,
  Inbox,
  KeyRound,
  LogOut,
  Pencil,
  Reply,
  Trash2,
} from "lucide-react";
import { useRouter } from "next/navigation";
import type { Command } from "#components/commands/command.ts";
import { useCommands } from "#components/commands/use-commands.ts";
import type { BinDialog } from "#components/dashboard/bin-menu.tsx";
import { signOut } from "#components/sign-in/sign-out.ts";
import { useSignedIn } from "#components/sign-in/signed-in.tsx";
import { notify, notifyError } from "#components/ui/toast.tsx";
import { writeClipboard } from "#components/ui/write-clipboard.ts";
import type { Bin } from "#lib/contract/bin.ts";

type BinCommandsOptions = {
  bin: Bin;
  /** There is something to clear. */
  hasCaptures: boolean;
  onDialog: (dialog: BinDialog) => void;
  onClear: () => void;
};

const SIGN_OUT: Command = {
  id: "go.out",
  title: "Sign out",
  group: "Go to",
  keywords: "log out leave session",
  icon: LogOut,
  run: signOut,
};

/** What the bin's menu has, by key and in the palette. */
export function useBinCommands({ bin, hasCaptures, onDialog, onClear }: BinCommandsOptions): void {
  const router = useRouter();
  const canSignOut = useSignedIn()?.canSignOut ?? false;

  async function copyUrl() {
    try {
      await writeClipboard(bin.captureUrl);
      notify("Copied the capture URL");
    } catch (cause) {
      notifyError("The capture URL was not copied", cause);
    }
  }

  useCommands([
    {
      id: "bin.copyUrl",
      title: "Copy the capture URL",
      group: "Bin",
      keywords: "address clipboard",
      shortcut: "c",
      icon: Copy,
      run: () => void copyUrl(),
    },
    {
      id: "bin.reply",
      title: "Edit the reply",
      group: "Bin",
      keywords: "response status headers body delay answer",
      shortcut: "e",
      icon: Reply,
      run: () => onDialog("reply"),
    },
    {
      id: "bin.rules",
      title: "Forward rules…",
      group: "Bin",
      keywords: "relay proxy webhook automatic retry target",
      icon: Forward,
      run: () => onDialog("rules"),
    },
    {
      id: "bin.rename",
      title: "Rename the bin",
      group: "Bin",
      keywords: "name title",
      icon: Pencil,
      run: () => onDialog("rename"),
    },
    {
      id: "bin.clear",
      title: "Clear captures",
      group: "Bin",
      keywords: "delete all empty",
      icon: Eraser,
      isEnabled: () => hasCaptures,
      run: onClear,
    },
    {
      id: "bin.delete",
      title: "Delete the bin",
      group: "Bin",
      keywords: "remove",
      icon: Trash2,
      run: () => onDialog("delete"),
    },
    {
      id: "go.bins",
      title: "Your bins",
      group: "Go to",
      shortcut: "g b",
      icon: Inbox,
      run: () => router.push("/bins"),
    },
    {
      id: "go.workspace",
      title: "Workspace",
      group: "Go to",
      keywords: "access tokens another device leave delete everything",
      shortcut: "g w",
      icon: KeyRound,
      run: () => router.push("/workspace"),
    },
    ...(canSignOut ? [SIGN_OUT] : []),
  ]);
}
