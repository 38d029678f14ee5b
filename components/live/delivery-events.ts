import type { DeliveryEvent } from "#lib/contract/events.ts";

type Listener = (event: DeliveryEvent) => void;

const listeners = new Set<Listener>();

/** Deliveries that end, of the bin that the page watches, for whoever shows something of them. */
export const deliveryEvents = {
  emit(event: DeliveryEvent): void {
    for (const listener of listeners) listener(event);
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
