"use client";

import { Fragment } from "react";
import { keyNames, parseShortcut } from "#components/commands/shortcut.ts";
import { useIsApple } from "#components/commands/use-is-apple.ts";
import { Key } from "#components/ui/key.tsx";

/** A shortcut as the keys to press, in the order to press them. */
export function ShortcutKeys({ shortcut }: { shortcut: string }) {
  const isApple = useIsApple();
  const chords = parseShortcut(shortcut).map((chord) => keyNames(chord, isApple));
  return (
    <span className="inline-flex shrink-0 items-center gap-1">
      {chords.map((names, i) => (
        <Fragment key={names.join("+")}>
          {i > 0 && <span className="text-faint text-xs">then</span>}
          {names.map((name) => (
            <Key key={name}>{name}</Key>
          ))}
        </Fragment>
      ))}
    </span>
  );
}
