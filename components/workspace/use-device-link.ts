"use client";

import { useEffect, useEffectEvent, useState } from "react";
import { getDeviceLink } from "#components/api/workspace.ts";
import type { CreatedDeviceLink } from "#lib/contract/workspace.ts";

/** A person waits for it with another device in their hand. */
const POLL_MS = 1_500;

/** Whether the link was used, asked again and again while `following`. */
export function useDeviceLink(
  { id, expiresAt }: CreatedDeviceLink,
  following: boolean,
  onUsed: () => void,
): boolean {
  const [isUsed, setUsed] = useState(false);
  const used = useEffectEvent(() => {
    setUsed(true);
    onUsed();
  });

  useEffect(() => {
    if (!following) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const poll = async () => {
      try {
        const { usedAt } = await getDeviceLink(id, abort.signal);
        if (usedAt !== null) return used();
      } catch {
        // The next one may get through; the link itself works meanwhile.
      }
      if (!abort.signal.aborted && Date.now() < Date.parse(expiresAt)) {
        timer = setTimeout(() => void poll(), POLL_MS);
      }
    };
    timer = setTimeout(() => void poll(), POLL_MS);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [id, expiresAt, following]);

  return isUsed;
}
