"use client";

import { useSyncExternalStore } from "react";
import type { Command } from "#components/commands/command.ts";
import { commandRegistry } from "#components/commands/command-registry.ts";

const NONE: readonly Command[] = [];

export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(commandRegistry.subscribe, commandRegistry.all, () => NONE);
}
