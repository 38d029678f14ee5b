"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

const PARAMETER = "capture";

function urlFor(id: string | null): string {
  const url = new URL(window.location.href);
  if (id === null) url.searchParams.delete(PARAMETER);
  else url.searchParams.set(PARAMETER, id);
  return `${url.pathname}${url.search}`;
}

/** As the URL says at this moment: React hears of a change a little later. */
export function readSelection(): string | null {
  return new URL(window.location.href).searchParams.get(PARAMETER);
}

/** The selected capture, which lives in the URL. Selecting does not ask the server for a page. */
export function useSelection() {
  const selectedId = useSearchParams().get(PARAMETER);
  /** `step`: one of many on the way, which "back" should not stop at. */
  const select = useCallback((id: string, step = false) => {
    if (step && readSelection() !== null) {
      window.history.replaceState(null, "", urlFor(id));
    } else {
      window.history.pushState(null, "", urlFor(id));
    }
  }, []);

  const deselect = useCallback(() => {
    window.history.replaceState(null, "", urlFor(null));
  }, []);

  return { selectedId, select, deselect };
}
