"use client";

import { Keyboard, Search } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { PaletteSources } from "#components/commands/palette-items.ts";
import { useCommands } from "#components/commands/use-commands.ts";
import { useTypeAhead } from "#components/commands/use-type-ahead.ts";

const Palette = lazy(() => import("#components/commands/palette.tsx"));
const HelpSheet = lazy(() => import("#components/commands/help-sheet.tsx"));

type Open = "palette" | "help";

/** The command palette and the sheet of shortcuts, loaded when they are first asked for. */
export function CommandCenter(sources: PaletteSources) {
  const [open, setOpen] = useState<Open | null>(null);
  const [loaded, setLoaded] = useState<ReadonlySet<Open>>(new Set());
  const [query, setQuery] = useState("");
  const [ready, setReady] = useState(false);
  useTypeAhead(open === "palette" && !ready, setQuery, () => setOpen(null));

  function show(which: Open) {
    setLoaded((before) => new Set([...before, which]));
    setQuery("");
    setReady(false);
    setOpen(which);
  }

  useCommands([
    {
      id: "palette.open",
      title: "Find a command, a bin or a capture",
      group: "Help",
      shortcut: "Mod+k",
      inFields: true,
      inPalette: false,
      icon: Search,
      run: () => show("palette"),
    },
    {
      id: "help.open",
      title: "Show the keyboard shortcuts",
      group: "Help",
      keywords: "keys help hotkeys",
      shortcut: "?",
      icon: Keyboard,
      run: () => show("help"),
    },
  ]);

  return (
    <Suspense>
      {loaded.has("palette") && (
        <Palette
          {...sources}
          open={open === "palette"}
          query={query}
          onQuery={setQuery}
          onReady={() => setReady(true)}
          onClose={() => setOpen((now) => (now === "palette" ? null : now))}
        />
      )}
      {loaded.has("help") && (
        <HelpSheet
          open={open === "help"}
          onClose={() => setOpen((now) => (now === "help" ? null : now))}
        />
      )}
    </Suspense>
  );
}
