/** Gives the place back. `isAlive` is false when the target did not answer at all. */
export type GiveBack = (isAlive: boolean) => void;

/** How much goes to a target at once: less to one that does not answer. */
export type Targets = {
  /** Null when the target, or all together, have enough to do. */
  take(host: string): GiveBack | null;
};

type Target = { inFlight: number; limit: number };

/** More are forgotten while nothing goes to them. */
const REMEMBERED_MAX = 10_000;

/**
 * A target that does not answer gets one request at a time until it does, and all such targets
 * together leave half of the places to the others: dead ones hold nobody up, however many.
 */
export function createTargets(limits: { perTarget: number; total: number }): Targets {
  const targets = new Map<string, Target>();
  let inFlight = 0;
  let doubtful = 0;

  const forget = (): void => {
    if (targets.size <= REMEMBERED_MAX) return;
    for (const [host, target] of targets) if (target.inFlight === 0) targets.delete(host);
  };

  return {
    take(host) {
      const target = targets.get(host) ?? { inFlight: 0, limit: limits.perTarget };
      if (inFlight >= limits.total || target.inFlight >= target.limit) return null;
      const isDoubtful = target.limit < limits.perTarget;
      if (isDoubtful && doubtful >= limits.total / 2) return null;
      if (isDoubtful) doubtful += 1;
      target.inFlight += 1;
      inFlight += 1;
      targets.set(host, target);
      return (isAlive) => {
        if (isDoubtful) doubtful -= 1;
        target.inFlight -= 1;
        inFlight -= 1;
        target.limit = isAlive ? Math.min(limits.perTarget, target.limit * 2) : 1;
        if (target.inFlight === 0 && target.limit === limits.perTarget) targets.delete(host);
        else forget();
      };
    },
  };
}
