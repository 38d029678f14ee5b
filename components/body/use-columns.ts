"use client";

import { type RefObject, useLayoutEffect, useRef, useState } from "react";

/** What a row has besides its text: a padding, and a scroll bar beside it. */
const MARGIN_PX = 28;

/** How many characters of 12 px Geist Mono fit beside a gutter of `digits`; 0 until it is known. */
export function useColumns(digits: number): {
  ref: RefObject<HTMLDivElement | null>;
  columns: number;
} {
  const ref = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(0);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const width = characterWidth(element);
      const room = element.clientWidth - MARGIN_PX - (digits + 2) * width;
      setColumns(Math.max(20, Math.floor(room / width)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [digits]);
  return { ref, columns };
}

function characterWidth(within: HTMLElement): number {
  const probe = document.createElement("span");
  probe.className = "as-sent absolute invisible text-xs whitespace-pre";
  probe.textContent = "0".repeat(100);
  within.append(probe);
  const width = probe.getBoundingClientRect().width / 100;
  probe.remove();
  return width || 7.2;
}
