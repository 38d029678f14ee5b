import type { ReactNode } from "react";

/** Marks what was not sent but worked out by Inlet. */
export function Added({ children }: { children: ReactNode }) {
  return (
    <span className="rounded border border-line-strong border-dashed px-1.5 text-faint text-xs">
      {children}
    </span>
  );
}
