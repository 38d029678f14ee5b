"use client";

import { useEffect, useState } from "react";
import { getCaptures } from "#components/api/captures.ts";
import { ShareDialog } from "#components/share/share-dialog.tsx";

type ShareBinProps = { binId: string; title: string; onOpenChange: (open: boolean) => void };

/** The dialog for a bin, with its newest capture as the example. */
export function ShareBin({ binId, title, onOpenChange }: ShareBinProps) {
  const [newest, setNewest] = useState<string | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    getCaptures(binId, { signal: abort.signal }).then(
      ({ captures }) => setNewest(captures[0]?.id ?? null),
      // The dialog works without an example, and says itself when the server does not answer.
      () => {},
    );
    return () => abort.abort();
  }, [binId]);
  return (
    <ShareDialog of={{ binId }} title={title} previewOf={newest} onOpenChange={onOpenChange} />
  );
}
