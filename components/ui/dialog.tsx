"use client";

import type { ReactNode } from "react";
import type { DialogProps } from "#components/ui/dialog-popup.tsx";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";

const popup = lazyPart(() => import("#components/ui/dialog-popup.tsx"));

export function Dialog(props: DialogProps) {
  const parts = useLazyPart(popup, props.open);
  return parts && <parts.DialogPopup {...props} />;
}

export function DialogActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap justify-end gap-2">{children}</div>;
}
