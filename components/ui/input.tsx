import type { ComponentProps } from "react";
import { cn } from "#components/ui/cn.ts";

/** 16 px on narrow screens: iOS zooms the page into a field with smaller text. */
const FIELD_STYLE =
  "w-full rounded-md border border-line-strong bg-canvas px-3 text-base text-ink placeholder:text-faint max-sm:text-lg aria-invalid:border-red";

export function Input({ className, ...props }: ComponentProps<"input">) {
  return <input className={cn(FIELD_STYLE, "h-8", className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<"textarea">) {
  return <textarea className={cn(FIELD_STYLE, "py-1.5", className)} {...props} />;
}
