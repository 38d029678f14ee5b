"use client";

import { Pause, Play } from "lucide-react";
import { useCommands } from "#components/commands/use-commands.ts";
import { Button } from "#components/ui/button.tsx";

type PauseButtonProps = { paused: boolean; onPause: () => void; onResume: () => void };

/** Keeps the list as it is while one reads; what comes meanwhile waits and is counted. */
export function PauseButton({ paused, onPause, onResume }: PauseButtonProps) {
  const label = paused ? "Resume the live list" : "Pause the live list";
  const toggle = paused ? onResume : onPause;
  useCommands([
    {
      id: "list.pause",
      title: label,
      group: "View",
      keywords: "freeze hold stop live",
      shortcut: "p",
      icon: paused ? Play : Pause,
      run: toggle,
    },
  ]);
  return (
    <Button
      variant={paused ? "secondary" : "ghost"}
      size={paused ? "sm" : "icon"}
      className={paused ? "pointer-coarse:h-11" : "pointer-coarse:size-11"}
      aria-label={label}
      title={label}
      onClick={toggle}
    >
      {paused ? <Play aria-hidden /> : <Pause aria-hidden />}
      {paused && "Resume"}
    </Button>
  );
}
