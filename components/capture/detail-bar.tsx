"use client";

import { ArrowLeft } from "lucide-react";
import { DetailActions } from "#components/capture/detail-actions.tsx";
import { StarButton } from "#components/capture/star-button.tsx";
import { Button } from "#components/ui/button.tsx";
import type { Capture } from "#lib/contract/capture.ts";

type DetailBarProps = {
  capture: Capture | null;
  onBack: () => void;
  onStar: (starred: boolean) => Promise<void>;
  onDelete: () => Promise<void>;
};

export function DetailBar({ capture, onBack, onStar, onDelete }: DetailBarProps) {
  return (
    <div className="@container sticky top-0 z-10 shrink-0 bg-canvas">
      <div className="flex min-h-10 items-center gap-1 border-b px-2 md:pr-4 md:pl-6">
        <Button
          variant="ghost"
          size="sm"
          className="pointer-coarse:h-11 pointer-coarse:text-sm md:hidden"
          onClick={onBack}
        >
          <ArrowLeft aria-hidden />
          All captures
        </Button>
        <h2 className="mr-auto truncate font-semibold text-base max-md:pl-2">
          {capture ? `Capture #${capture.seq}` : "Capture"}
        </h2>
        {capture && (
          <>
            <StarButton starred={capture.starred} onStar={onStar} />
            <DetailActions capture={capture} onDelete={onDelete} />
          </>
        )}
      </div>
    </div>
  );
}
