import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";

type FrameProps = {
  header?: ReactNode;
  footer?: ReactNode;
  className?: string;
  children: ReactNode;
};

/** The box that bytes are shown in. */
export function Frame({ header, footer, className, children }: FrameProps) {
  return (
    <div className="overflow-hidden rounded-md border">
      {header && (
        <div className="flex min-h-9 flex-wrap items-center gap-1 border-b bg-subtle px-1.5 py-1">
          {header}
        </div>
      )}
      <div className={cn("min-w-0", className)}>{children}</div>
      {footer && <div className="border-t bg-subtle px-3 py-1.5 text-muted text-xs">{footer}</div>}
    </div>
  );
}
