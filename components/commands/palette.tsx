"use client";

import { Autocomplete } from "@base-ui/react/autocomplete";
import { Dialog } from "@base-ui/react/dialog";
import { Inbox, Search } from "lucide-react";
import { useRef } from "react";
import { binLabel } from "#components/bins/bin-label.ts";
import { Method } from "#components/captures/method.tsx";
import { shortcutsOf } from "#components/commands/command.ts";
import {
  type PaletteGroup,
  type PaletteItem,
  type PaletteSources,
  paletteGroups,
} from "#components/commands/palette-items.ts";
import { ShortcutKeys } from "#components/commands/shortcut-keys.tsx";
import { useAllCommands } from "#components/commands/use-all-commands.ts";
import { cn } from "#components/ui/cn.ts";
import { Exact } from "#components/ui/exact.tsx";

type PaletteProps = PaletteSources & {
  open: boolean;
  query: string;
  onQuery: (query: string) => void;
  /** The field takes what is typed from now on. */
  onReady: () => void;
  onClose: () => void;
};

export default function Palette(props: PaletteProps) {
  const { open, query, onQuery, onReady, onClose, ...sources } = props;
  /** Runs once the palette is closed and has given the focus back: it may open a dialog itself. */
  const chosen = useRef<(() => void) | null>(null);

  function choose(item: PaletteItem) {
    chosen.current = () => {
      if (item.kind === "command") item.command.run();
      else if (item.kind === "bin") sources.onBin(item.bin.id);
      else sources.onCapture(item.capture.id);
    };
    onClose();
  }

  return (
    <Dialog.Root
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose();
      }}
      onOpenChangeComplete={(isOpen) => {
        if (isOpen) return;
        const run = chosen.current;
        chosen.current = null;
        run?.();
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 bg-backdrop transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 flex items-start justify-center p-3 pt-[12vh] max-sm:pt-3">
          <Dialog.Popup
            aria-label="Command palette"
            className="flex max-h-[min(480px,80dvh)] w-full max-w-[600px] flex-col overflow-hidden rounded-lg border border-line-strong bg-canvas outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <Finder
              sources={sources}
              query={query}
              onQuery={onQuery}
              onReady={onReady}
              onChoose={choose}
            />
            <Dialog.Close className="sr-only focus:not-sr-only focus:p-2 focus:text-sm">
              Close the palette
            </Dialog.Close>
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type FinderProps = Pick<PaletteProps, "query" | "onQuery" | "onReady"> & {
  sources: PaletteSources;
  onChoose: (item: PaletteItem) => void;
};

function Finder({ sources, query, onQuery, onReady, onChoose }: FinderProps) {
  const groups = paletteGroups(query, useAllCommands(), sources);
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      items={groups}
      value={query}
      onValueChange={onQuery}
      itemToStringValue={(item: PaletteItem) => item.value}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2 border-b px-3">
        <Search className="size-4 shrink-0 text-faint" aria-hidden />
        <Autocomplete.Input
          aria-label="Find a command, a bin or a capture"
          onFocus={onReady}
          placeholder="Find a command, bin or capture"
          className="h-11 w-full min-w-0 bg-transparent text-base text-ink outline-none placeholder:text-faint max-sm:text-lg"
        />
      </div>
      <div className="flex min-h-0 flex-1 flex-col">
        <Autocomplete.Empty>
          <p className="px-3 py-6 text-center text-muted text-sm">
            Nothing is called that. Captures are found here as far as the list is loaded.
          </p>
        </Autocomplete.Empty>
        <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1 empty:hidden">
          {(group: PaletteGroup) => (
            <Autocomplete.Group key={group.value} items={group.items} className="not-last:mb-1">
              <Autocomplete.GroupLabel className="px-2 pt-2 pb-1 text-faint text-xs">
                {group.value}
              </Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(item: PaletteItem) => (
                  <Autocomplete.Item
                    key={item.value}
                    value={item}
                    onClick={() => onChoose(item)}
                    className="flex min-h-8 cursor-pointer select-none items-center gap-2 rounded px-2 py-1 text-sm outline-none data-highlighted:bg-hover pointer-coarse:min-h-11"
                  >
                    <ItemContent item={item} />
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </div>
    </Autocomplete.Root>
  );
}

function ItemContent({ item }: { item: PaletteItem }) {
  if (item.kind === "bin") {
    const { bin } = item;
    return (
      <>
        <Inbox className="size-4 shrink-0 text-faint" aria-hidden />
        <span className={cn("min-w-0 flex-1 truncate", bin.name === null && "font-mono")}>
          {binLabel(bin)}
        </span>
      </>
    );
  }
  if (item.kind === "capture") {
    const { method, path, query, seq } = item.capture;
    const target = query === null ? path : `${path}?${query}`;
    return (
      <>
        <Method method={method} className="min-w-12 max-w-20 shrink-0 truncate text-xs" />
        <span className="as-sent min-w-0 flex-1 truncate text-sm">
          <Exact text={target.slice(0, 300)} />
        </span>
        <span className="shrink-0 font-mono text-faint text-xs">#{seq}</span>
      </>
    );
  }
  const { title, icon: Icon } = item.command;
  const [shortcut] = shortcutsOf(item.command);
  return (
    <>
      {Icon ? (
        <Icon className="size-4 shrink-0 text-faint" aria-hidden />
      ) : (
        <span className="size-4 shrink-0" />
      )}
      <span className="min-w-0 flex-1 truncate">{title}</span>
      {shortcut && (
        <span className="shrink-0 pointer-coarse:hidden">
          <ShortcutKeys shortcut={shortcut} />
        </span>
      )}
    </>
  );
}
