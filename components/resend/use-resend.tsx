"use client";

import { Send } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useCommands } from "#components/commands/use-commands.ts";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";
import type { Capture } from "#lib/contract/capture.ts";

const part = lazyPart(() => import("#components/resend/resend-dialog.tsx"));

/** Opens the editor for sending a capture again: by a button, by key and from the palette. */
export function useResend(capture: Capture): { open: () => void; dialog: ReactNode } {
  const [isOpen, setOpen] = useState(false);
  const loaded = useLazyPart(part, isOpen);
  const open = () => setOpen(true);

  useCommands([
    {
      id: "resend",
      title: "Resend the capture…",
      group: "Captures",
      keywords: "send again forward replay target url",
      shortcut: "r",
      icon: Send,
      run: open,
    },
  ]);

  const dialog = loaded && (
    <loaded.ResendDialog capture={capture} open={isOpen} onOpenChange={setOpen} />
  );
  return { open, dialog };
}
