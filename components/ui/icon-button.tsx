import type { LucideIcon } from "lucide-react";
import type { ComponentProps } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";

type IconButtonProps = Omit<ComponentProps<typeof Button>, "children" | "size" | "aria-label"> & {
  icon: LucideIcon;
  /** Its name, and what hovering says unless there is a `title`. */
  label: string;
  iconClassName?: string;
};

/** Large enough for a finger where there is one (WCAG 2.5.5). */
export function IconButton({
  icon: Icon,
  label,
  className,
  iconClassName,
  ...props
}: IconButtonProps) {
  return (
    <Button
      variant="ghost"
      size="icon"
      aria-label={label}
      title={label}
      className={cn("pointer-coarse:size-11", className)}
      {...props}
    >
      <Icon className={iconClassName} aria-hidden />
    </Button>
  );
}
