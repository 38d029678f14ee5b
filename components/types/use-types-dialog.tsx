"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import type { Summary } from "#lib/contract/capture.ts";

const TypesDialog = dynamic(
  () => import("#components/types/types-dialog.tsx").then((module) => module.TypesDialog),
  { ssr: false },
);

/** Makes types when asked to: everything for it is loaded then. */
export function useTypesDialog(captures: readonly Summary[]): {
  show: () => void;
  dialog: ReactNode;
} {
  const [open, setOpen] = useState<boolean | null>(null);
  return {
    show: () => setOpen(true),
    dialog: open !== null && <TypesDialog open={open} onOpenChange={setOpen} captures={captures} />,
  };
}
