"use client";

import { Star } from "lucide-react";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { notifyError } from "#components/ui/toast.tsx";

type StarButtonProps = { starred: boolean; onStar: (starred: boolean) => Promise<void> };

export function StarButton({ starred, onStar }: StarButtonProps) {
  return (
    <IconButton
      icon={Star}
      iconClassName={cn(starred && "fill-current text-amber")}
      label="Star"
      aria-pressed={starred}
      title={starred ? "Remove the star" : "Star this capture"}
      onClick={() =>
        onStar(!starred).catch((cause) => notifyError("The star was not saved", cause))
      }
    />
  );
}
