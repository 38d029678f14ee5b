"use client";

import { useEffect, useRef } from "react";
import type { Command } from "#components/commands/command.ts";
import { commandRegistry } from "#components/commands/command-registry.ts";

/** Registers commands while the component is mounted. They may be made anew in every render. */
export function useCommands(commands: readonly Command[]): void {
  const owner = useRef<{ commands: readonly Command[] }>({ commands });

  // First, so that what is added below is never an older render's.
  useEffect(() => {
    commandRegistry.replace(owner.current, commands);
  });

  useEffect(() => commandRegistry.add(owner.current), []);
}
