"use client";

import { useSearchParams } from "next/navigation";
import { useMemo } from "react";

/**
 * What a dashboard shows, as its URL says: a reload, a link and "back" give the same view. A new
 * part of it is one more line here.
 */
const PARAMETERS = {
  /** Id of the capture that is shown. */
  capture: true,
  /** How its body is shown; without it Inlet chooses by the content. */
  view: true,
  /** What the list is searched for. */
  q: true,
  /** Id of the capture that the shown one is compared with. */
  compare: true,
} as const;

type Parameter = keyof typeof PARAMETERS;

export type ViewState = Readonly<Record<Parameter, string | null>>;

const NAMES = Object.keys(PARAMETERS) as Parameter[];

/** Whatever else is in a URL stays there. */
export function withView(search: string, change: Partial<ViewState>): string {
  const parameters = new URLSearchParams(search);
  for (const name of NAMES) {
    const value = change[name];
    if (value === undefined) continue;
    if (value === null || value === "") parameters.delete(name);
    else parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

export function parseView(search: { get(name: string): string | null }): ViewState {
  return Object.fromEntries(NAMES.map((name) => [name, search.get(name) || null])) as ViewState;
}

/** As the URL says at this moment: React hears of a change a little later. */
export function readView(): ViewState {
  return parseView(new URLSearchParams(window.location.search));
}

/** Kept with a history entry: the search of the entry that it was reached from. */
const FROM = "inletFrom";

/** A change that "back" takes back. Asks the server for no page. */
export function pushView(change: Partial<ViewState>): void {
  const from = window.location.search;
  const search = withView(from, change);
  if (search === withView(from, {})) return;
  window.history.pushState({ [FROM]: from }, "", `${window.location.pathname}${search}`);
}

/** A change on the way to another one, which "back" should not stop at. */
export function replaceView(change: Partial<ViewState>): void {
  const search = withView(window.location.search, change);
  const from = (window.history.state as Record<string, unknown> | null)?.[FROM];
  window.history.replaceState({ [FROM]: from }, "", `${window.location.pathname}${search}`);
}

/** How its body was shown, and what it was compared with, belong to the capture before. */
function selection(id: string | null): Partial<ViewState> {
  return { capture: id, view: null, compare: null };
}

/** `step`: one of many on the way, as when going through the list by key. */
export function selectCapture(id: string, step = false): void {
  const { capture } = readView();
  if (capture === id) return;
  if (step && capture !== null) replaceView(selection(id));
  else pushView(selection(id));
}

/** To the list: by going back where that is where one came from, so that no entry is left twice. */
export function deselectCapture(): void {
  const target = withView(window.location.search, selection(null));
  const from = (window.history.state as Record<string, unknown> | null)?.[FROM];
  if (from === target) window.history.back();
  else replaceView(selection(null));
}

/** The link to a capture in the present view of the list. */
export function captureHref(view: ViewState, id: string): string {
  return withView("", { q: view.q, capture: id });
}

/** What the URL says. The same on the server, so that a link's first page is already right. */
export function useViewState(): ViewState {
  const search = useSearchParams();
  return useMemo(() => parseView(search), [search]);
}
