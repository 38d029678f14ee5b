import type { LucideIcon } from "lucide-react";

export type CommandGroup = "Captures" | "Selection" | "Bin" | "View" | "Go to" | "Help";

/** Something that a person can do now: by a key, in the palette, or by a button that runs it. */
export type Command = {
  /** Of two with the same id, the one that was registered later counts. */
  id: string;
  /** What it does, in sentence case: "Star the capture". */
  title: string;
  group: CommandGroup;
  /** Other words that the palette finds it by. */
  keywords?: string;
  /** How it is typed, see `parseShortcut`; several are different ways to the same thing. */
  shortcut?: string | readonly string[];
  icon?: LucideIcon;
  /** Asked at the moment of the key press and when the palette is drawn. Left out: always. */
  isEnabled?: () => boolean;
  /** Also while somebody types in a field. For combinations with Ctrl or Cmd only. */
  inFields?: boolean;
  /** Also while the focus is in a dialog: for what works inside one. */
  inDialogs?: boolean;
  /** False keeps it out of the palette: steps that only make sense as keys. */
  inPalette?: boolean;
  run: () => void;
};

export function shortcutsOf({ shortcut }: Pick<Command, "shortcut">): readonly string[] {
  if (shortcut === undefined) return [];
  return typeof shortcut === "string" ? [shortcut] : shortcut;
}

export function isEnabled({ isEnabled: ask }: Pick<Command, "isEnabled">): boolean {
  return ask === undefined || ask();
}
