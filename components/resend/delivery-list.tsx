import { DeliveryItem } from "#components/resend/delivery-item.tsx";
import { previousDelivery } from "#components/resend/previous-delivery.ts";
import type { ResendState } from "#components/resend/resends.ts";
import type { Delivery } from "#lib/contract/delivery.ts";

type DeliveryListProps = {
  deliveries: NonNullable<ResendState["deliveries"]>;
  sending: ResendState["sending"];
  /** The one that was asked for here. */
  ownId: ResendState["ownId"];
  onCompare: (left: Delivery, right: Delivery) => void;
};

export function DeliveryList({ deliveries, sending, ownId, onCompare }: DeliveryListProps) {
  return (
    <ul className="divide-y overflow-hidden rounded-md border" aria-busy={sending !== null}>
      {sending && (
        <li className="px-3 py-2 text-muted text-xs" role="status">
          Sending to <span className="font-mono">{sending.url}</span>…
        </li>
      )}
      {deliveries.map((delivery) => (
        <DeliveryItem
          key={delivery.id}
          delivery={delivery}
          startsOpen={delivery.id === ownId}
          previous={previousDelivery(deliveries, delivery)}
          onCompare={onCompare}
        />
      ))}
    </ul>
  );
}
