import type { ReactNode } from "react";

export function CurrentMark({ children }: { children: ReactNode }) {
  return (
    <span className="rounded bg-accent-soft px-1.5 py-0.5 font-normal text-accent text-xs">
      {children}
    </span>
  );
}
