import type { Command } from "#components/commands/command.ts";
import { isApple } from "#components/commands/is-apple.ts";
import { createKeyDispatcher } from "#components/commands/key-dispatcher.ts";

type Owner = { commands: readonly Command[] };

const owners = new Set<Owner>();
const listeners = new Set<() => void>();
let all: readonly Command[] = [];

const dispatch = createKeyDispatcher({ commands: () => all, isApple });

function onKeyDown(event: KeyboardEvent): void {
  dispatch(event, event.target instanceof Element ? event.target : null);
}

function changed(): void {
  const byId = new Map<string, Command>();
  for (const owner of owners) {
    for (const command of owner.commands) {
      byId.delete(command.id);
      byId.set(command.id, command);
    }
  }
  all = [...byId.values()];
  for (const listener of listeners) listener();
}

/** Everything that can be done on the page as it is now, in the order of registration. */
export const commandRegistry = {
  all: (): readonly Command[] => all,
  find: (id: string): Command | undefined => all.find((command) => command.id === id),
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** The one key listener of the page is there as long as anything is registered. */
  add(owner: Owner): () => void {
    if (owners.size === 0) window.addEventListener("keydown", onKeyDown);
    owners.add(owner);
    changed();
    return () => {
      owners.delete(owner);
      if (owners.size === 0) window.removeEventListener("keydown", onKeyDown);
      changed();
    };
  },
  replace(owner: Owner, commands: readonly Command[]): void {
    owner.commands = commands;
    if (owners.has(owner)) changed();
  },
};
