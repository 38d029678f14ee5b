"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffect, useState, useSyncExternalStore } from "react";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { type Toast, toasts } from "#components/ui/toasts.ts";

/** Says that something failed, why, and what to do. Read out at once by screen readers. */
export function notifyError(title: string, cause: unknown, action?: Toast["action"]): void {
  toasts.add({ title, description: describeError(cause), urgent: true, action, timeoutMs: 10_000 });
}

type Undoable = { title: string; onUndo: () => void };

/** Says what was done, with a button that takes it back. Returns what takes the message away. */
export function notifyUndoable({ title, onUndo }: Undoable): () => void {
  const id = toasts.add({
    title,
    urgent: false,
    timeoutMs: 12_000,
    action: { label: "Undo", onClick: onUndo },
  });
  return () => toasts.close(id);
}

export function notify(title: string): void {
  toasts.add({ title, urgent: false, timeoutMs: 5_000 });
}

/**
 * Part of every first load, since it has to speak up when nothing more can be loaded: so it is
 * small, and our own.
 */
export function Toaster({ children }: { children: ReactNode }) {
  const shown = useSyncExternalStore(toasts.subscribe, toasts.get, toasts.none);
  return (
    <>
      {children}
      <section
        aria-label="Notifications"
        className="pointer-events-none fixed right-4 bottom-4 z-50 flex w-[calc(100vw-32px)] max-w-90 flex-col gap-2 *:pointer-events-auto"
      >
        {/* Before there is anything in it, or screen readers miss the first. */}
        <div role="alert" className="flex flex-col gap-2 empty:hidden">
          {shown.filter(({ urgent }) => urgent).map(toItem)}
        </div>
        <div role="status" className="flex flex-col gap-2 empty:hidden">
          {shown.filter(({ urgent }) => !urgent).map(toItem)}
        </div>
      </section>
    </>
  );
}

const toItem = (toast: Toast) => <ToastItem key={toast.id} toast={toast} />;

/** Goes by itself, but not while somebody is at it. */
function ToastItem({ toast }: { toast: Toast }) {
  const { id, title, description, action, timeoutMs } = toast;
  const [held, setHeld] = useState(false);

  useEffect(() => {
    if (held) return;
    const timer = setTimeout(() => toasts.close(id), timeoutMs);
    return () => clearTimeout(timer);
  }, [id, timeoutMs, held]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only waits; what can be done is its buttons
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="flex items-start gap-2 rounded-lg border border-line-strong bg-canvas p-3 motion-safe:animate-arrive"
    >
      <div className="flex min-w-0 flex-1 flex-col [overflow-wrap:anywhere]">
        <p className="font-medium text-sm">{title}</p>
        {description && <p className="text-muted text-sm">{description}</p>}
      </div>
      {action && (
        <Button
          size="sm"
          onClick={() => {
            toasts.close(id);
            action.onClick();
          }}
        >
          {action.label}
        </Button>
      )}
      <Button
        variant="ghost"
        size="iconSmall"
        aria-label="Dismiss"
        onClick={() => toasts.close(id)}
      >
        <X aria-hidden />
      </Button>
    </div>
  );
}
