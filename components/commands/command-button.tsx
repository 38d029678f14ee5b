"use client";

import type { LucideIcon } from "lucide-react";
import { commandRegistry } from "#components/commands/command-registry.ts";
import { ariaShortcut } from "#components/commands/shortcut.ts";
import { useIsApple } from "#components/commands/use-is-apple.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";

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
    <Button
      variant="ghost"
      size="icon"
      className={cn("pointer-coarse:size-11", className)}
      aria-label={label}
      title={label}
      aria-keyshortcuts={ariaShortcut(shortcut, isApple)}
      onClick={() => commandRegistry.find(id)?.run()}
    >
      <Icon aria-hidden />
    </Button>
  );
}
