import type { ValueAutomaton } from "./value-automaton.ts";
import { MEANINGFUL, type Writing, Writings } from "./writings-at.ts";

/**
 * Steps for each byte of a text, beyond which it is left. A text takes two or three; many more only
 * one that was made to: what is written in several ways at once, again and again.
 */
const STEPS_PER_BYTE = 40;
const STEPS_MIN = 100_000;
/** Writings that are remembered of one path; see `Detour`. */
const DETOURS_MAX = 16_384;

/** Where bytes of a value took more bytes of the text. */
type Detour = { end: number; extra: number; count: number; before: Detour | null };

/** A state that some way to read the text has led to. */
type Path = { state: number; detour: Detour | null };

type Arrival = Path & { at: number };

export type Occurrences = {
  /** Starts and ends by turns, in order; null where it cannot be said what else the text hides. */
  ranges: number[] | null;
  /** What it took, for tests. */
  steps: number;
};

/**
 * Where a text, a byte string, has any of the values, in whichever way they are written there: in one
 * pass, whatever they are. Where two overlap, they are one range.
 */
export function occurrencesOf(automaton: ValueAutomaton, text: string): Occurrences {
  const ranges: number[] = [];
  const writings = new Writings(text);
  const stepsMax = STEPS_MIN + STEPS_PER_BYTE * text.length;
  let steps = 0;
  let isLost = false;
  /** Without the start, which every path includes. */
  let paths: Path[] = [];
  let arrivals: Arrival[] = [];
  let nextArrival = -1;

  const step = (from: number, byte: number): number => {
    let state = from;
    for (;;) {
      steps += 1;
      const child = automaton.child(state, byte);
      if (child !== 0 || state === 0) return child;
      state = automaton.failureOf(state);
    }
  };
  /** Where the last `depth` bytes of what was read begin in the text. */
  const startOf = (end: number, depth: number, detour: Detour | null): number => {
    let start = end - depth;
    for (let one = detour; one && one.end > start; one = one.before) {
      steps += 1;
      start -= one.extra;
    }
    return start;
  };
  const note = (end: number, { state, detour }: Path): void => {
    const length = automaton.foundAt(state);
    if (length === 0) return;
    if (length === null) {
      isLost = true;
      return;
    }
    let start = startOf(end, length, detour);
    while (ranges.length > 0 && ranges.at(-1)! > start) {
      ranges.pop();
      start = Math.min(start, ranges.pop()!);
    }
    ranges.push(start, end);
  };
  /** Of two paths to one state, the one that took more of the text is kept. */
  const join = (list: Path[], end: number, path: Path): void => {
    for (const other of list) {
      steps += 1;
      if (other.state !== path.state) continue;
      const depth = automaton.depth[path.state]!;
      const isLonger = startOf(end, depth, path.detour) < startOf(end, depth, other.detour);
      if (isLonger) {
        other.detour = path.detour;
        note(end, other);
      }
      return;
    }
    list.push(path);
    note(end, path);
  };
  const withDetour = (before: Detour | null, end: number, extra: number): Detour => {
    const count = before ? before.count + 1 : 1;
    if (count < DETOURS_MAX) return { end, extra, count, before };
    // The older half is further back than any value is long.
    const kept: Detour[] = [];
    for (let one = before; one && kept.length < DETOURS_MAX / 2; one = one.before) kept.push(one);
    steps += kept.length;
    let copy: Detour | null = null;
    for (const [index, one] of kept.reverse().entries()) {
      copy = { ...one, count: index + 1, before: copy };
    }
    return { end, extra, count: kept.length + 1, before: copy };
  };
  const follow = (path: Path, at: number, { bytes, end }: Writing): void => {
    let state = path.state;
    for (let i = 0; i < bytes.length; i++) state = step(state, bytes.charCodeAt(i));
    if (state === 0) return;
    const extra = end - at - bytes.length;
    const before = automaton.depth[state]! > bytes.length ? path.detour : null;
    const detour = extra === 0 ? before : withDetour(before, end, extra);
    const arrival: Arrival = { state, detour, at: end };
    for (const other of arrivals) {
      steps += 1;
      if (other.at !== end || other.state !== state) continue;
      const depth = automaton.depth[state]!;
      if (startOf(end, depth, detour) < startOf(end, depth, other.detour)) other.detour = detour;
      return;
    }
    arrivals.push(arrival);
    if (nextArrival < 0 || end < nextArrival) nextArrival = end;
  };
  const arrive = (at: number): void => {
    const here = arrivals.filter((arrival) => arrival.at === at);
    arrivals = arrivals.filter((arrival) => arrival.at !== at);
    steps += here.length + arrivals.length;
    nextArrival = arrivals.reduce((next, one) => (next < 0 || one.at < next ? one.at : next), -1);
    for (const { state, detour } of here) join(paths, at, { state, detour });
  };
  const START: Path = { state: 0, detour: null };

  for (let at = 0; at < text.length; at++) {
    if (at === nextArrival) arrive(at);
    const byte = text.charCodeAt(at);
    steps += 1;
    if (MEANINGFUL[byte] === 1) {
      const ways = writings.at(at);
      if (byte !== 0x5c) ways.push({ bytes: text[at]!, end: at + 1 });
      for (const way of ways) {
        if (paths.length === 0) follow(START, at, way);
        else for (const path of paths) follow(path, at, way);
      }
      paths = [];
    } else if (paths.length === 0) {
      const state = automaton.child(0, byte);
      if (state !== 0) paths.push({ state, detour: null });
    } else if (paths.length === 1) {
      const path = paths[0]!;
      path.state = step(path.state, byte);
      if (path.state === 0) paths.length = 0;
      else note(at + 1, path);
    } else {
      const before = paths;
      paths = [];
      for (const { state, detour } of before) {
        const next = step(state, byte);
        if (next !== 0) join(paths, at + 1, { state: next, detour });
      }
    }
    if (isLost || steps > stepsMax) return { ranges: null, steps };
  }
  if (nextArrival === text.length) arrive(text.length);
  return { ranges: isLost ? null : ranges, steps };
}
