"use client";

import { Star } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { notifyError } from "#components/ui/toast.tsx";

type StarButtonProps = { starred: boolean; onStar: (starred: boolean) => Promise<void> };

export function StarButton({ starred, onStar }: StarButtonProps) {
  return (
    <Button
      variant="ghost"
      size="icon"
      className="pointer-coarse:size-11"
      aria-label="Star"
      aria-pressed={starred}
      title={starred ? "Remove the star" : "Star this capture"}
      onClick={() =>
        onStar(!starred).catch((cause) => notifyError("The star was not saved", cause))
      }
    >
      <Star className={cn(starred && "fill-current text-amber")} aria-hidden />
    </Button>
  );
}
