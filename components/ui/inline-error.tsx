import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

export function InlineError({ children }: { children: ReactNode }) {
  return (
    <p
      role="alert"
      className="flex gap-2 rounded-md border border-red-line bg-red-soft px-3 py-2 text-red text-sm [overflow-wrap:anywhere]"
    >
      <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
      <span>{children}</span>
    </p>
  );
}
