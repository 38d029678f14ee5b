import type { ReactNode } from "react";

/** The box that bytes are shown in. */
export function Frame({ footer, children }: { footer?: ReactNode; children: ReactNode }) {
  return (
    <div className="overflow-hidden rounded-md border">
      <div className="p-3">{children}</div>
      {footer}
    </div>
  );
}
