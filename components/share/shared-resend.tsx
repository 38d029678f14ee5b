"use client";

import { Send } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import type { SharedDelivery } from "#lib/contract/share.ts";

const dialog = lazyPart(() => import("#components/share/shared-resend-dialog.tsx"));
const result = lazyPart(() => import("#components/share/shared-delivery-view.tsx"));

type SharedResendProps = {
  /** Of the capture, below the API's root. */
  path: string;
  seq: number;
  redact: boolean;
};

/** Sends on what the link shows, and what came of it, which only this page has. */
export function SharedResend({ path, seq, redact }: SharedResendProps) {
  const isHydrated = useHydrated();
  const [isOpen, setOpen] = useState(false);
  const [delivery, setDelivery] = useState<SharedDelivery | null>(null);
  const opened = useLazyPart(dialog, isOpen);
  const shown = useLazyPart(result, delivery !== null);
  if (!isHydrated) return null;
  return (
    <>
      <div>
        <Button className="pointer-coarse:h-11" onClick={() => setOpen(true)}>
          <Send aria-hidden />
          Resend…
        </Button>
      </div>
      {opened && (
        <opened.SharedResendDialog
          path={path}
          seq={seq}
          redact={redact}
          open={isOpen}
          onOpenChange={setOpen}
          onSent={setDelivery}
        />
      )}
      {shown && delivery && <shown.SharedDeliveryView key={delivery.id} delivery={delivery} />}
    </>
  );
}
