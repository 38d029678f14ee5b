"use client";

import { useEffect, useSyncExternalStore } from "react";
import {
  loadDeliveries,
  type ResendState,
  stateOf,
  subscribeToResends,
} from "#components/resend/resends.ts";

export function useResends(captureId: string): ResendState {
  const state = useSyncExternalStore(
    subscribeToResends,
    () => stateOf(captureId),
    () => stateOf(captureId),
  );

  useEffect(() => {
    // Also when some are known: they may be of a while ago.
    void loadDeliveries(captureId);
  }, [captureId]);

  return state;
}
