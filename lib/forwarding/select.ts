import type { CaptureProblem } from "../contract/capture.ts";
import { matcher } from "../search/matches.ts";
import { mayMatch } from "../search/may-match.ts";
import type { SummaryRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import type { ActiveRule } from "./active-rule.ts";

/** Bodies that are read at once to be looked at. */
const LOOK_BYTES = 8 * 1024 * 1024;
const LOOK_CAPTURES = 50;

/**
 * What is not whole was not accepted: its sender was told so, and may send it again. An upgrade was
 * answered as an ordinary request, and goes on as one.
 */
const isWhole = (problem: CaptureProblem | null) => problem === null || problem === "upgrade";

/** Which of the captures each of the rules forwards, in the order given. */
export async function selectCaptures(
  store: Pick<Store, "wholeCaptures">,
  rules: readonly ActiveRule[],
  captures: readonly SummaryRecord[],
  now: number,
): Promise<Map<ActiveRule, SummaryRecord[]>> {
  const whole = captures.filter(({ problem }) => isWhole(problem));
  const candidates = new Map(
    rules.map((rule) => [
      rule,
      whole.filter(
        (capture) =>
          capture.seq > rule.cursor &&
          (rule.query === null || mayMatch(rule.query, present(capture), now)),
      ),
    ]),
  );
  const questioned = [...candidates].filter(([{ query }]) => query !== null);
  const wanted = new Map(
    questioned.flatMap(([, some]) => some.map((capture) => [capture.id, capture])),
  );
  const matched = new Map<ActiveRule, Set<string>>(questioned.map(([rule]) => [rule, new Set()]));
  const matchers = questioned.map(([rule]) => [rule, matcher(rule.query!, now)] as const);
  for (const ids of inParts([...wanted.values()])) {
    for (const capture of await store.wholeCaptures(ids)) {
      for (const [rule, isMatch] of matchers) {
        if (isMatch(capture)) matched.get(rule)!.add(capture.id);
      }
    }
  }
  for (const [rule, some] of questioned) {
    const ids = matched.get(rule)!;
    candidates.set(
      rule,
      some.filter(({ id }) => ids.has(id)),
    );
  }
  return candidates;
}

const present = (capture: SummaryRecord) => ({
  ...capture,
  receivedAt: capture.receivedAt.toISOString(),
});

/** Bounded in number and bytes; a larger one is a part of its own. */
export function inParts(captures: readonly { id: string; bodySize: number }[]): string[][] {
  const parts: string[][] = [];
  let bytes = 0;
  for (const { id, bodySize } of captures) {
    bytes += bodySize;
    const last = parts.at(-1);
    if (last && bytes <= LOOK_BYTES && last.length < LOOK_CAPTURES) last.push(id);
    else {
      parts.push([id]);
      bytes = bodySize;
    }
  }
  return parts;
}
