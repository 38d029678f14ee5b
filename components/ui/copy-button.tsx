"use client";

import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { notifyError } from "#components/ui/toast.tsx";
import { writeClipboard } from "#components/ui/write-clipboard.ts";

const CONFIRM_MS = 1_500;

type CopyButtonProps = {
  /** Or what gives it, where it takes long to make. */
  text: string | (() => string | Promise<string>);
  /** What is copied, for the button's name: "Copy capture URL". */
  label: string;
  /** Shown beside the icon; without it the button is the icon alone. */
  caption?: string;
  variant?: "primary" | "secondary" | "ghost";
  className?: string;
};

export function CopyButton({ text, label, caption, variant, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);

  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [copied]);

  async function copy() {
    try {
      await writeClipboard(typeof text === "string" ? text : text());
      setCopied(true);
    } catch (cause) {
      notifyError("Nothing was copied", cause);
    }
  }

  return (
    <Button
      variant={variant ?? (caption ? "secondary" : "ghost")}
      size={caption ? "md" : "iconSmall"}
      aria-label={label}
      title={caption ? undefined : label}
      onClick={copy}
      // What is said to screen readers must not stand outside of a scroller that this is in.
      className={cn("relative", className)}
    >
      {copied ? <Check className="text-green" aria-hidden /> : <Copy aria-hidden />}
      {caption && <span aria-hidden>{copied ? "Copied" : caption}</span>}
      <span role="status" className="sr-only">
        {copied ? "Copied" : ""}
      </span>
    </Button>
  );
}
