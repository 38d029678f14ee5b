"use client";

import { Bell, BellRing } from "lucide-react";
import type { Notifications, NotifyRefusal } from "#components/dashboard/use-notifications.ts";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";

const REASONS: Record<NotifyRefusal, string> = {
  denied:
    "This browser does not let this site show notifications. Allow them in the site's settings, which open from the left end of the address bar, then try again.",
  insecure:
    "Browsers show notifications only for sites that are served over HTTPS, or from this device. The title of the tab still counts what came.",
  unsupported:
    "This browser does not show notifications for a page. The title of the tab still counts what came.",
};

export function NotifyButton({ notifications }: { notifications: Notifications }) {
  const { on, refusal, toggle, dismissRefusal } = notifications;
  const Icon = on ? BellRing : Bell;
  return (
    <>
      <IconButton
        icon={Icon}
        className={on ? "text-accent" : undefined}
        label="Notify me of new captures"
        aria-pressed={on}
        title={
          on
            ? "Notifications are on while this tab is hidden"
            : "Notify me while this tab is hidden"
        }
        onClick={toggle}
      />
      <Dialog
        open={refusal !== null}
        onOpenChange={dismissRefusal}
        title="No notifications"
        description={refusal && REASONS[refusal]}
      >
        <DialogActions>
          <Button onClick={dismissRefusal}>Close</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
