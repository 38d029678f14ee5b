import type { DeliveryPhase, DeliveryTimings } from "../contract/delivery.ts";
import { DeliveryFailure } from "./delivery-failure.ts";

/** Milliseconds; a phase that is not named may take what is left of the total. */
export type PhaseLimits = Partial<Record<DeliveryPhase, number>>;

export const PHASE_LIMITS: PhaseLimits = { dns: 5_000, connect: 10_000, tls: 10_000 };

const DOING: Record<DeliveryPhase, string> = {
  queue: "Other deliveries to this target did not leave room",
  dns: "The name was not looked up",
  connect: "The connection was not opened",
  tls: "The TLS handshake did not end",
  firstByte: "No response began",
  body: "The response did not end",
};

/** Measures the phases of a sending, and ends it by its signal when one takes too long. */
export type PhaseClock = {
  readonly phase: DeliveryPhase;
  readonly signal: AbortSignal;
  enter(phase: DeliveryPhase): void;
  /** Ends it early, for this reason. */
  abort(reason: DeliveryFailure): void;
  /** Stops the clock and says how long each phase took, in all hops together. */
  stop(): DeliveryTimings;
};

const seconds = (ms: number) => (ms < 1000 ? `${ms} ms` : `${ms / 1000} s`);
const round = (ms: number) => Math.round(ms * 100) / 100;

export function startPhaseClock(totalMs: number, limits: PhaseLimits): PhaseClock {
  const controller = new AbortController();
  const spent = new Map<DeliveryPhase, number>();
  const start = performance.now();
  let phase: DeliveryPhase = "queue";
  let entered = start;
  let timer: NodeJS.Timeout | undefined;

  const watch = (): void => {
    clearTimeout(timer);
    const left = start + totalMs - performance.now();
    const own = limits[phase] ?? Number.POSITIVE_INFINITY;
    const within =
      own < left ? seconds(own) : `the ${seconds(totalMs)} that the whole delivery may take`;
    const expire = () =>
      controller.abort(new DeliveryFailure("timeout", `${DOING[phase]} within ${within}.`));
    timer = setTimeout(expire, Math.max(0, Math.min(own, left)));
  };
  const leave = (): void => {
    const now = performance.now();
    spent.set(phase, (spent.get(phase) ?? 0) + now - entered);
    entered = now;
  };
  const timeOf = (name: DeliveryPhase) => {
    const ms = spent.get(name);
    return ms === undefined ? null : round(ms);
  };
  watch();

  return {
    get phase() {
      return phase;
    },
    signal: controller.signal,
    enter(next) {
      if (next === phase) return;
      leave();
      phase = next;
      watch();
    },
    abort: (reason) => controller.abort(reason),
    stop() {
      clearTimeout(timer);
      leave();
      return {
        dns: timeOf("dns"),
        connect: timeOf("connect"),
        tls: timeOf("tls"),
        firstByte: timeOf("firstByte"),
        total: round(performance.now() - start),
      };
    },
  };
}
