"use client";

import { useSyncExternalStore } from "react";
import { isApple } from "#components/commands/is-apple.ts";

const never = () => () => {};

/** False on the server and in the first render, which must agree with it. */
export function useIsApple(): boolean {
  return useSyncExternalStore(never, isApple, () => false);
}
