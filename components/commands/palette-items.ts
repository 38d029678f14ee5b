import { binLabel } from "#components/bins/bin-label.ts";
import { type Command, isEnabled } from "#components/commands/command.ts";
import { ranked } from "#components/commands/rank.ts";
import type { Bin } from "#lib/contract/bin.ts";
import type { Summary } from "#lib/contract/capture.ts";

/** What the palette finds besides commands. */
export type PaletteSources = {
  bins: readonly Bin[];
  currentBinId: string;
  /** Those that are loaded. */
  captures: readonly Summary[];
  onBin: (id: string) => void;
  onCapture: (id: string) => void;
};

export type PaletteItem =
  | { kind: "command"; value: string; command: Command }
  | { kind: "bin"; value: string; bin: Bin }
  | { kind: "capture"; value: string; capture: Summary };

export type PaletteGroup = { value: string; items: PaletteItem[] };

const MAX_BINS = 8;
const MAX_CAPTURES = 30;
const GROUPS = ["Captures", "Selection", "Bin", "View", "Go to", "Help"] as const;

/** Nobody searches further than this in a path. */
const PATH_MAX = 300;

export function captureText({ method, path, query }: Summary): string {
  return `${method} ${path}${query === null ? "" : `?${query}`}`.slice(0, PATH_MAX);
}

/** What a query finds: without one every command, and with one bins and captures too. */
export function paletteGroups(
  query: string,
  commands: readonly Command[],
  { bins, currentBinId, captures }: PaletteSources,
): PaletteGroup[] {
  const isAsked = query.trim() !== "";
  const usable = commands.filter((one) => one.inPalette !== false && isEnabled(one));
  const found = ranked(
    query,
    usable,
    ({ title, keywords, group }) => ({ title, keywords: `${keywords ?? ""} ${group}` }),
    usable.length,
  );
  const toItem = (command: Command): PaletteItem => ({
    kind: "command",
    value: command.id,
    command,
  });
  const others = bins.filter(({ id }) => id !== currentBinId);
  const foundBins = ranked(
    query,
    others,
    (bin) => ({ title: binLabel(bin), keywords: bin.id }),
    MAX_BINS,
  );
  const foundCaptures = isAsked
    ? ranked(
        query,
        captures,
        (capture) => ({ title: captureText(capture), keywords: `#${capture.seq}` }),
        MAX_CAPTURES,
      )
    : [];
  return [
    // With a query the best comes first, whatever it belongs to.
    ...(isAsked
      ? [{ value: "Commands", items: found.map(toItem) }]
      : GROUPS.map((group) => ({
          value: group as string,
          items: found.filter((one) => one.group === group).map(toItem),
        }))),
    {
      value: "Bins",
      items: foundBins.map((bin): PaletteItem => ({ kind: "bin", value: bin.id, bin })),
    },
    {
      value: "Captures in the list",
      items: foundCaptures.map(
        (capture): PaletteItem => ({ kind: "capture", value: capture.id, capture }),
      ),
    },
  ].filter(({ items }) => items.length > 0);
}
