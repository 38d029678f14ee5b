"use client";

import { type Command, type CommandGroup, shortcutsOf } from "#components/commands/command.ts";
import { ShortcutKeys } from "#components/commands/shortcut-keys.tsx";
import { useAllCommands } from "#components/commands/use-all-commands.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";

const GROUPS: CommandGroup[] = ["Captures", "Selection", "Bin", "View", "Go to", "Help"];

type HelpSheetProps = { open: boolean; onClose: () => void };

/** Every shortcut of the page as it is now, out of the registry that answers to them. */
export default function HelpSheet({ open, onClose }: HelpSheetProps) {
  return (
    <Dialog open={open} onOpenChange={onClose} title="Keyboard shortcuts" size="lg">
      <Shortcuts />
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
      </DialogActions>
    </Dialog>
  );
}

function Shortcuts() {
  const commands = useAllCommands().filter((command) => shortcutsOf(command).length > 0);
  return (
    <div className="gap-8 sm:columns-2">
      {GROUPS.map((group) => {
        const members = commands.filter((command) => command.group === group);
        if (members.length === 0) return null;
        return (
          <section key={group} aria-label={group} className="mb-4 break-inside-avoid">
            <h3 className="mb-1 font-semibold text-sm">{group}</h3>
            <dl>
              {members.map((command) => (
                <Shortcut key={command.id} command={command} />
              ))}
            </dl>
          </section>
        );
      })}
    </div>
  );
}

function Shortcut({ command }: { command: Command }) {
  return (
    <div className="flex min-h-8 items-center gap-3 border-b py-1 last:border-b-0">
      <dt className="min-w-0 flex-1 text-sm">{command.title}</dt>
      <dd className="flex flex-wrap items-center justify-end gap-1">
        {shortcutsOf(command).map((shortcut, i) => (
          <span key={shortcut} className="inline-flex items-center gap-1">
            {i > 0 && <span className="text-faint text-xs">or</span>}
            <ShortcutKeys shortcut={shortcut} />
          </span>
        ))}
      </dd>
    </div>
  );
}
