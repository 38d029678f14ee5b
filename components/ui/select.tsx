import type { ComponentProps } from "react";
import { cn } from "#components/ui/cn.ts";

/** The browser's own: it is a wheel on a phone and takes every key. */
export function Select({ className, ...props }: ComponentProps<"select">) {
  return (
    <select
      className={cn(
        "h-8 w-full rounded-md border border-line-strong bg-canvas px-2 text-base text-ink max-sm:text-lg",
        className,
      )}
      {...props}
    />
  );
}
