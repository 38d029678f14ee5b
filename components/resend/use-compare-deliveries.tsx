"use client";

import { ArrowLeftRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useCommands } from "#components/commands/use-commands.ts";
import type { DeliveryPair } from "#components/resend/compare-deliveries-dialog.tsx";
import { previousDelivery } from "#components/resend/previous-delivery.ts";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";
import type { Delivery } from "#lib/contract/delivery.ts";

const part = lazyPart(() => import("#components/resend/compare-deliveries-dialog.tsx"));

type CompareDeliveries = {
  /** The newest response with the attempt before; null while there is but one attempt. */
  startNewest: (() => void) | null;
  /** One attempt with another. */
  start: (left: Delivery, right: Delivery) => void;
  dialog: ReactNode;
};

/** Compares what came back from the sendings of a capture. */
export function useCompareDeliveries(deliveries: readonly Delivery[]): CompareDeliveries {
  const [isOpen, setOpen] = useState(false);
  const [pair, setPair] = useState<DeliveryPair | null>(null);
  const loaded = useLazyPart(part, isOpen);

  function start(left: Delivery, right: Delivery) {
    setPair({ left: left.id, right: right.id });
    setOpen(true);
  }

  const answered = deliveries.find(({ response }) => response !== null);
  // The oldest of all has none before it.
  const newest = answered && answered !== deliveries.at(-1) ? answered : deliveries[0];
  const previous = newest ? previousDelivery(deliveries, newest) : null;
  const startNewest = newest && previous ? () => start(previous, newest) : null;

  useCommands([
    {
      id: "resend.compare",
      title: "Compare responses to resends",
      group: "Captures",
      keywords: "diff difference attempts deliveries",
      icon: ArrowLeftRight,
      isEnabled: () => startNewest !== null,
      run: () => startNewest?.(),
    },
  ]);

  return {
    startNewest,
    start,
    dialog: loaded && pair && (
      <loaded.CompareDeliveriesDialog
        open={isOpen}
        onOpenChange={setOpen}
        deliveries={deliveries}
        pair={pair}
        onChange={setPair}
      />
    ),
  };
}
