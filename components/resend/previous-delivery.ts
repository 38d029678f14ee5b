import type { Delivery } from "#lib/contract/delivery.ts";

/**
 * What a delivery is compared with at first, out of those of its capture, newest first: the last
 * one before it that has a response, or else the one right before it, if there is one.
 */
export function previousDelivery(
  deliveries: readonly Delivery[],
  { attempt }: Delivery,
): Delivery | null {
  const before = deliveries.filter((other) => other.attempt < attempt);
  return before.find(({ response }) => response !== null) ?? before[0] ?? null;
}
