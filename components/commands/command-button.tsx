"use client";

import type { LucideIcon } from "lucide-react";
import { commandRegistry } from "#components/commands/command-registry.ts";
import { ariaShortcut } from "#components/commands/shortcut.ts";
import { useIsApple } from "#components/commands/use-is-apple.ts";
import { IconButton } from "#components/ui/icon-button.tsx";

type CommandButtonProps = {
  /** Of the command that a press runs. */
  id: string;
  label: string;
  icon: LucideIcon;
  shortcut: string;
  className?: string;
};

/** A button for what also has a key, so that touch users reach it. */
export function CommandButton({ id, label, icon: Icon, shortcut, className }: CommandButtonProps) {
  const isApple = useIsApple();
  return (
    <IconButton
      icon={Icon}
      className={className}
      label={label}
      aria-keyshortcuts={ariaShortcut(shortcut, isApple)}
      onClick={() => commandRegistry.find(id)?.run()}
    />
  );
}
