"use client";

import { useOnline } from "#components/dashboard/use-online.ts";
import type { Connection } from "#components/live/live-socket.ts";
import { cn } from "#components/ui/cn.ts";

type Shown = { label: string; title: string; dot: string };

const SHOWN: Record<Connection | "offline", Shown> = {
  connecting: { label: "Connecting…", title: "Connecting to the server", dot: "bg-faint" },
  live: { label: "Live", title: "Captures appear as they arrive", dot: "bg-green" },
  reconnecting: {
    label: "Reconnecting…",
    title: "The connection was lost. Capturing goes on; what you miss is filled in afterwards.",
    dot: "bg-amber",
  },
  refused: {
    label: "Not live",
    title: "The server does not let this browser watch the bin. Reload the page to try again.",
    dot: "bg-red",
  },
  signedOut: {
    label: "Sign in again",
    title: "You are signed out. Capturing goes on; what you miss is filled in afterwards.",
    dot: "bg-red",
  },
  crowded: {
    label: "Too many open",
    title: "Too many live connections from your address",
    dot: "bg-amber",
  },
  offline: {
    label: "Offline",
    title: "This device has no network. What you miss is filled in afterwards.",
    dot: "bg-red",
  },
};

export function ConnectionState({ connection }: { connection: Connection }) {
  const online = useOnline();
  // A server on this machine can be reached without a network.
  const { label, title, dot } = SHOWN[online || connection === "live" ? connection : "offline"];
  return (
    <span
      role="status"
      title={title}
      className="flex shrink-0 items-center gap-1.5 whitespace-nowrap text-muted text-xs"
    >
      <span className={cn("size-2 rounded-full", dot)} aria-hidden />
      {connection === "signedOut" ? <SignInLink label={label} /> : label}
    </span>
  );
}

function SignInLink({ label }: { label: string }) {
  const next = `${window.location.pathname}${window.location.search}`;
  return (
    <a
      href={`/sign-in?${new URLSearchParams({ next })}`}
      className="font-medium text-accent underline underline-offset-2"
    >
      {label}
    </a>
  );
}
