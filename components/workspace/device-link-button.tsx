"use client";

import { MonitorSmartphone } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";

const part = lazyPart(() => import("#components/workspace/device-link.tsx"));

export function DeviceLinkButton({ onUsed }: { onUsed: () => void }) {
  const [open, setOpen] = useState(false);
  const loaded = useLazyPart(part, open);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <MonitorSmartphone aria-hidden />
        Open on another device
      </Button>
      <Dialog
        open={open}
        onOpenChange={setOpen}
        title="Open on another device"
        description="Scan the code with the other device, or open the link there. It works once, for ten minutes, and gives that browser everything that this one has."
      >
        {loaded && <loaded.DeviceLink onUsed={onUsed} onDone={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}
