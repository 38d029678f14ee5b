import { DeliveryItem } from "#components/resend/delivery-item.tsx";
import type { ResendState } from "#components/resend/resends.ts";

type DeliveryListProps = {
  deliveries: NonNullable<ResendState["deliveries"]>;
  sending: ResendState["sending"];
  /** The one that was asked for here. */
  ownId: ResendState["ownId"];
};

export function DeliveryList({ deliveries, sending, ownId }: DeliveryListProps) {
  return (
    <ul className="divide-y overflow-hidden rounded-md border" aria-busy={sending !== null}>
      {sending && (
        <li className="px-3 py-2 text-muted text-xs" role="status">
          Sending to <span className="font-mono">{sending.url}</span>…
        </li>
      )}
      {deliveries.map((delivery) => (
        <DeliveryItem key={delivery.id} delivery={delivery} startsOpen={delivery.id === ownId} />
      ))}
    </ul>
  );
}
