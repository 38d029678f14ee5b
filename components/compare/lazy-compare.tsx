"use client";

import dynamic from "next/dynamic";

function Loading() {
  return <p className="animate-appear-late p-4 text-faint text-sm md:px-6">Loading…</p>;
}

/** What compares is loaded when something is compared. */
export const LazyComparePanel = dynamic(
  () => import("#components/compare/compare-panel.tsx").then((module) => module.ComparePanel),
  { ssr: false, loading: Loading },
);

export const LazyCapturePicker = dynamic(
  () => import("#components/compare/capture-picker.tsx").then((module) => module.CapturePicker),
  { ssr: false },
);
