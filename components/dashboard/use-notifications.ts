"use client";

import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { binLabel } from "#components/bins/bin-label.ts";
import { notifyChoice } from "#components/dashboard/notify-choice.ts";
import { selectCapture } from "#components/dashboard/use-view-state.ts";
import { formatCount } from "#components/ui/format-count.ts";
import { replaceInvisible } from "#components/ui/visible-text.ts";
import type { Bin } from "#lib/contract/bin.ts";
import type { Summary } from "#lib/contract/capture.ts";

/** Why this browser shows no notifications, in words that lead on. */
export type NotifyRefusal = "denied" | "insecure" | "unsupported";

/** One notification in this time at most, for all that came in it. */
const QUIET_MS = 3_000;
const BODY_MAX = 120;

export type Notifications = {
  on: boolean;
  refusal: NotifyRefusal | null;
  /** Asks the browser's permission where that is needed, so call it for a person's click alone. */
  toggle: () => Promise<void>;
  dismissRefusal: () => void;
};

type NotificationsOptions = {
  bin: Bin;
  /** How many came while the tab was hidden. */
  unseen: number;
  newest: Summary | undefined;
};

export function useNotifications({ bin, unseen, newest }: NotificationsOptions): Notifications {
  const on = useSyncExternalStore(
    notifyChoice.subscribe,
    () =>
      notifyChoice.isOn(bin.id) && findRefusal() === null && Notification.permission === "granted",
    () => false,
  );
  const [refusal, setRefusal] = useState<NotifyRefusal | null>(null);
  useNotifying({ on, bin, unseen, newest });

  async function toggle() {
    if (on) return notifyChoice.set(bin.id, false);
    const missing = findRefusal();
    if (missing) return setRefusal(missing);
    if ((await Notification.requestPermission()) !== "granted") return setRefusal("denied");
    const shown = show(bin, "Notifications are on", "Captures that come while this tab is hidden.");
    if (!shown) return setRefusal("unsupported");
    notifyChoice.set(bin.id, true);
  }

  return { on, refusal, toggle, dismissRefusal: () => setRefusal(null) };
}

function findRefusal(): NotifyRefusal | null {
  if (!window.isSecureContext) return "insecure";
  if (!("Notification" in window)) return "unsupported";
  return Notification.permission === "denied" ? "denied" : null;
}

/** One after another in its place, however many come. */
function useNotifying({ on, ...options }: NotificationsOptions & { on: boolean }): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const told = useRef(0);
  const { unseen } = options;

  useEffect(() => {
    if (unseen === 0) told.current = 0;
    if (!on || unseen <= told.current || timer.current !== undefined) return;
    function tell() {
      const { bin, unseen: count, newest } = latest.current;
      timer.current = undefined;
      if (count <= told.current) return;
      told.current = count;
      timer.current = setTimeout(tell, QUIET_MS);
      show(bin, formatCount(count, "new capture"), newest && requestText(newest), newest?.id);
    }
    tell();
  }, [on, unseen]);

  useEffect(() => () => clearTimeout(timer.current), []);
}

/** What the sender chose stays text, and short. */
function requestText({ method, path }: Summary): string {
  return replaceInvisible(`${method} ${path}`.slice(0, BODY_MAX));
}

/** False where a browser only lets a service worker show notifications. */
function show(bin: Bin, title: string, body?: string, captureId?: string): boolean {
  try {
    const notification = new Notification(`${binLabel(bin)}: ${title}`, {
      body,
      tag: `inlet ${bin.id}`,
      icon: "/icon.svg",
    });
    notification.onclick = () => {
      window.focus();
      if (captureId !== undefined) selectCapture(captureId);
      notification.close();
    };
    return true;
  } catch {
    return false;
  }
}
