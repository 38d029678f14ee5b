"use client";

import { Undo2 } from "lucide-react";
import { useCommands } from "#components/commands/use-commands.ts";
import { undoStack } from "#components/undo/undo-stack.ts";

export function useUndoCommand(): void {
  useCommands([
    {
      id: "undo",
      title: "Undo",
      group: "Captures",
      keywords: "restore take back",
      shortcut: "Mod+z",
      icon: Undo2,
      isEnabled: () => undoStack.latest() !== undefined,
      run: () => void undoStack.undoLatest(),
    },
  ]);
}
