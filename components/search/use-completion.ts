"use client";

import { useState } from "react";
import { type Completion, completeQuery, type SeenValues } from "#lib/search/complete.ts";

export type Edit = { text: string; cursor: number };

/** What can be completed at the cursor, and which of it is highlighted. */
export function useCompletion({ text, cursor }: Edit, seen: () => SeenValues) {
  const [opened, setOpened] = useState<"typed" | "asked" | null>(null);
  const [active, setActive] = useState(-1);
  const { start, end, options } =
    opened === "asked" || (opened === "typed" && /[^\s(-]$/.test(text.slice(0, cursor)))
      ? completeQuery(text, cursor, seen())
      : { start: 0, end: 0, options: [] };

  return {
    isOpen: options.length > 0,
    options,
    active: Math.min(active, options.length - 1),
    setActive,
    /** Typing opens it only where something is being typed, so that it never covers what was found. */
    open(by: "typed" | "asked") {
      setOpened(by);
      setActive(-1);
    },
    close: () => setOpened(null),
    /** By one, and from either end to the field itself. */
    move(by: 1 | -1) {
      const places = options.length + 1;
      setActive((index) => ((Math.min(index, options.length - 1) + 1 + by + places) % places) - 1);
    },
    /** The text with the option in it. */
    insert({ insert, isWhole }: Completion): Edit {
      const after = text.slice(end);
      // The next term can be typed at once.
      const space = isWhole && !after.startsWith(" ") && !after.startsWith(")") ? " " : "";
      const before = `${text.slice(0, start)}${insert}${space}`;
      return { text: before + after, cursor: before.length };
    },
  };
}
