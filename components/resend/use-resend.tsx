"use client";

import { MonitorUp, Send } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useCommands } from "#components/commands/use-commands.ts";
import type { SendFrom } from "#components/resend/send-from.tsx";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";
import type { Capture } from "#lib/contract/capture.ts";

const part = lazyPart(() => import("#components/resend/resend-dialog.tsx"));

/** Opens the editor for sending a capture again: by a button, by key and from the palette. */
export function useResend(capture: Capture): { open: () => void; dialog: ReactNode } {
  const [isOpen, setOpen] = useState(false);
  const [from, setFrom] = useState<SendFrom>("server");
  const loaded = useLazyPart(part, isOpen);

  function openFrom(next: SendFrom) {
    setFrom(next);
    setOpen(true);
  }
  const open = () => openFrom("server");

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
    {
      id: "resend.browser",
      title: "Send the capture from my browser…",
      group: "Captures",
      keywords: "resend cors localhost fetch local",
      icon: MonitorUp,
      run: () => openFrom("browser"),
    },
  ]);

  const dialog = loaded && (
    <loaded.ResendDialog capture={capture} from={from} open={isOpen} onOpenChange={setOpen} />
  );
  return { open, dialog };
}
