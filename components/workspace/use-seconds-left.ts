"use client";

import { useEffect, useState } from "react";

/** Counts down to a moment, by this device's clock. */
export function useSecondsLeft(iso: string): number {
  const [left, setLeft] = useState(() => secondsUntil(iso));
  const isOver = left === 0;
  useEffect(() => {
    if (isOver) return;
    const timer = setInterval(() => setLeft(secondsUntil(iso)), 1_000);
    return () => clearInterval(timer);
  }, [iso, isOver]);
  return left;
}

function secondsUntil(iso: string): number {
  return Math.max(0, Math.ceil((Date.parse(iso) - Date.now()) / 1_000));
}
