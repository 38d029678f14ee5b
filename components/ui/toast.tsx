"use client";

import { Toast as Base } from "@base-ui/react/toast";
import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Button, buttonStyle } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";

const manager = Base.createToastManager();

/** Says that something failed, why, and what to do. Read out at once by screen readers. */
export function notifyError(title: string, cause: unknown): void {
  manager.add({ title, description: describeError(cause), priority: "high", timeout: 10_000 });
}

type Undoable = { title: string; onUndo: () => void };

/** Says what was done, with a button that takes it back. Returns what takes the message away. */
export function notifyUndoable({ title, onUndo }: Undoable): () => void {
  const id = manager.add({
    title,
    timeout: 12_000,
    actionProps: {
      children: "Undo",
      onClick: () => {
        manager.close(id);
        onUndo();
      },
    },
  });
  return () => manager.close(id);
}

export function notify(title: string): void {
  manager.add({ title, timeout: 5_000 });
}

export function Toaster({ children }: { children: ReactNode }) {
  return (
    <Base.Provider toastManager={manager}>
      {children}
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-50 flex w-[calc(100vw-32px)] max-w-90 flex-col gap-2">
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  );
}

function ToastList() {
  const { toasts } = Base.useToastManager();
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className="rounded-lg border border-line-strong bg-canvas transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
    >
      <Base.Content className="flex items-start gap-2 p-3">
        <div className="flex min-w-0 flex-1 flex-col [overflow-wrap:anywhere]">
          <Base.Title className="font-medium text-sm" />
          <Base.Description className="text-muted text-sm" />
        </div>
        <Base.Action className={buttonStyle({ variant: "secondary", size: "sm" })} />
        <Base.Close
          aria-label="Dismiss"
          render={
            <Button variant="ghost" size="iconSmall">
              <X aria-hidden />
            </Button>
          }
        />
      </Base.Content>
    </Base.Root>
  ));
}
