"use client";

import { ArrowLeft, Star, Trash2 } from "lucide-react";
import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { notifyError } from "#components/ui/toast.tsx";
import type { Capture } from "#lib/contract/capture.ts";

type DetailBarProps = {
  capture: Capture | null;
  onBack: () => void;
  onStar: (starred: boolean) => Promise<void>;
  onDelete: () => Promise<void>;
};

export function DetailBar({ capture, onBack, onStar, onDelete }: DetailBarProps) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="sticky top-0 z-10 flex h-10 shrink-0 items-center gap-1 border-b bg-canvas px-2 md:pr-4 md:pl-6">
      <Button variant="ghost" size="sm" className="md:hidden" onClick={onBack}>
        <ArrowLeft aria-hidden />
        All captures
      </Button>
      <h2 className="mr-auto font-semibold text-base max-md:pl-2">
        {capture ? `Capture #${capture.seq}` : "Capture"}
      </h2>
      {capture && (
        <>
          <Button
            variant="ghost"
            size="icon"
            aria-label="Star"
            aria-pressed={capture.starred}
            title={capture.starred ? "Remove the star" : "Star this capture"}
            onClick={() =>
              onStar(!capture.starred).catch((cause) =>
                notifyError("The star was not saved", cause),
              )
            }
          >
            <Star className={cn(capture.starred && "fill-current text-amber")} aria-hidden />
          </Button>
          <Button
            variant="ghost"
            size="icon"
            aria-label="Delete this capture"
            title="Delete this capture"
            onClick={() => setAsking(true)}
          >
            <Trash2 aria-hidden />
          </Button>
          <ConfirmDialog
            open={asking}
            onOpenChange={setAsking}
            title={`Delete capture #${capture.seq}?`}
            description="The request and its body are gone for good. This cannot be undone."
            action="Delete capture"
            onConfirm={onDelete}
          />
        </>
      )}
    </div>
  );
}
