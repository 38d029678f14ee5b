"use client";

import { TriangleAlert } from "lucide-react";
import { Button } from "#components/ui/button.tsx";

/** Says why a page is not live for which its address has no connection left, and what to do. */
export function CrowdedNotice() {
  return (
    <section
      aria-label="Connection"
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-amber-line border-b bg-amber-soft px-4 py-2 text-sm"
    >
      <p className="flex min-w-0 flex-1 basis-80 gap-2">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-amber" />
        <span>
          <strong className="font-medium text-amber">This page is not live.</strong> Your address
          has as many live connections as it may have here. Close other tabs, and this one goes live
          by itself; until then, reload to see what is new.
        </span>
      </p>
      <Button size="sm" onClick={() => location.reload()}>
        Reload
      </Button>
    </section>
  );
}
