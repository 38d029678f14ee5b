import { getDeliveries, resendCapture } from "#components/api/deliveries.ts";
import type { Delivery, ResendInput } from "#lib/contract/delivery.ts";

/** What this page knows of the resends of one capture. */
export type ResendState = {
  /** Newest first; null until they are loaded. */
  deliveries: readonly Delivery[] | null;
  /** The one that is on its way, as this page sent it. */
  sending: ResendInput | null;
  /** What was sent last from this page, to send it again. */
  last: ResendInput | null;
  /** The newest that this page sent. */
  ownId: string | null;
  error: unknown;
};

const NOTHING: ResendState = {
  deliveries: null,
  sending: null,
  last: null,
  ownId: null,
  error: null,
};

const states = new Map<string, ResendState>();
const listeners = new Set<() => void>();

function change(captureId: string, changed: Partial<ResendState>): void {
  states.set(captureId, { ...stateOf(captureId), ...changed });
  for (const listener of listeners) listener();
}

export function stateOf(captureId: string): ResendState {
  return states.get(captureId) ?? NOTHING;
}

export function subscribeToResends(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

const loading = new Map<string, AbortController>();

export async function loadDeliveries(captureId: string): Promise<void> {
  // What an older question is answered with is older too.
  loading.get(captureId)?.abort();
  const abort = new AbortController();
  loading.set(captureId, abort);
  try {
    const { deliveries } = await getDeliveries(captureId, abort.signal);
    change(captureId, { deliveries, error: null });
  } catch (error) {
    if (!abort.signal.aborted) change(captureId, { error });
  } finally {
    if (loading.get(captureId) === abort) loading.delete(captureId);
  }
}

/** The capture is about to be deleted: that it is not there will be no news. */
export function stopLoadingDeliveries(captureId: string): void {
  loading.get(captureId)?.abort();
}

/** Another page, or a program, sent one: of a capture that is shown here, the list follows. */
export function noteDelivery(captureId: string): void {
  if (states.has(captureId)) void loadDeliveries(captureId);
}

/** Rejects when Inlet itself refuses; whatever comes of the sending is in the list. */
export async function resend(captureId: string, input: ResendInput): Promise<Delivery> {
  change(captureId, { sending: input });
  try {
    const delivery = await resendCapture(captureId, input);
    const others = (stateOf(captureId).deliveries ?? []).filter(({ id }) => id !== delivery.id);
    change(captureId, { deliveries: [delivery, ...others], last: input, ownId: delivery.id });
    return delivery;
  } finally {
    change(captureId, { sending: null });
  }
}
