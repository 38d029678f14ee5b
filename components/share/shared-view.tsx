"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { Method } from "#components/captures/method.tsx";
import { ProblemBadge } from "#components/captures/problem-badge.tsx";
import { mergeShared, withoutRemoved } from "#components/share/merge-shared.ts";
import { watchShared } from "#components/share/shared-socket.ts";
import { cn } from "#components/ui/cn.ts";
import { Exact } from "#components/ui/exact.tsx";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { ClockTime, Until } from "#components/ui/time.tsx";
import type { Summary } from "#lib/contract/capture.ts";
import type { Shared } from "#lib/contract/share.ts";

type SharedViewProps = {
  shared: Shared;
  secret: string;
  /** Of a bin, newest first. */
  captures: Summary[];
  /** The address of the page with older captures. */
  olderHref: string | null;
  selectedId: string | null;
  children: ReactNode;
};

type State = "connecting" | "live" | "offline" | "gone";

/** What a link shows: it can be read as the server wrote it, and with a script it is live. */
export function SharedView(props: SharedViewProps) {
  const { shared, secret, captures: initial, olderHref, selectedId, children } = props;
  const router = useRouter();
  const [list, setList] = useState(initial);
  const [source, setSource] = useState(initial);
  const [state, setState] = useState<State>("connecting");
  const newest = useRef(0);
  if (source !== initial) {
    setSource(initial);
    setList(initial);
  }
  useEffect(() => {
    newest.current = list[0]?.seq ?? 0;
  }, [list]);

  const { id, kind } = shared;
  useEffect(
    () =>
      watchShared({
        shareId: id,
        secret,
        newestSeq: () => newest.current,
        onCaptures: (more) => more.length > 0 && setList((now) => mergeShared(now, more)),
        onRemoved: (event) => setList((now) => withoutRemoved(now, event)),
        onStale: () => router.refresh(),
        onLive: (live) => setState((now) => (now === "gone" ? now : live ? "live" : "offline")),
        onGone: () => setState("gone"),
      }),
    [id, secret, router],
  );

  return (
    <div className="readable-without-script flex flex-col gap-6">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h1 className="font-semibold text-xl">
          {kind === "bin" ? "Shared bin" : "Shared request"}
        </h1>
        <p className="text-muted text-sm">
          {shared.redact ? "Secrets are hidden: they read [redacted]. " : "Shown as it was sent. "}
          {shared.expiresAt && state !== "gone" && (
            <>
              The link ends <Until iso={shared.expiresAt} />.
            </>
          )}
        </p>
        {kind === "bin" && (
          <p role="status" className="ml-auto text-faint text-xs">
            {state === "live" ? "Live" : state === "offline" ? "Reconnecting…" : ""}
          </p>
        )}
      </div>
      {state === "gone" && (
        <div
          role="alert"
          className="rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-sm"
        >
          <p className="font-medium">This link has ended</p>
          <p className="text-muted">
            It expired, was taken back, or what it showed was deleted. Nothing new will appear, and
            this page cannot be opened again.
          </p>
        </div>
      )}
      {kind === "bin" ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6 lg:grid-cols-[340px_minmax(0,1fr)]">
          <nav
            aria-label="Captures"
            className={cn("flex min-w-0 flex-col gap-2", selectedId && "max-lg:order-last")}
          >
            {list.length === 0 ? (
              <p className="text-muted text-sm">Nothing was captured yet. It will appear here.</p>
            ) : (
              <ol className="overflow-hidden rounded-md border">
                {list.map((capture) => (
                  <SharedRow
                    key={capture.id}
                    capture={capture}
                    href={`/s/${secret}?capture=${capture.id}`}
                    selected={capture.id === selectedId}
                  />
                ))}
              </ol>
            )}
            {olderHref && (
              <a href={olderHref} className="text-accent text-sm underline underline-offset-2">
                Older captures
              </a>
            )}
          </nav>
          <div className="min-w-0">{children}</div>
        </div>
      ) : (
        children
      )}
    </div>
  );
}

type SharedRowProps = { capture: Summary; href: string; selected: boolean };

function SharedRow({ capture, href, selected }: SharedRowProps) {
  const target = capture.query === null ? capture.path : `${capture.path}?${capture.query}`;
  return (
    <li className="border-b last:border-b-0">
      <a
        href={href}
        aria-current={selected ? "true" : undefined}
        className={cn(
          "ring-inset-focus flex flex-col gap-0.5 px-3 py-2 hover:bg-hover",
          selected && "bg-accent-soft hover:bg-accent-soft",
        )}
      >
        <span className="flex items-baseline gap-2">
          <Method method={capture.method} className="min-w-12 max-w-20 shrink-0 truncate text-xs" />
          <span className="as-sent min-w-0 flex-1 truncate text-sm">
            <Exact text={target.slice(0, 300)} />
          </span>
          <ClockTime iso={capture.receivedAt} className="shrink-0 font-mono text-muted text-xs" />
        </span>
        <span className="flex items-center gap-2 text-faint text-xs">
          <span className="min-w-12 font-mono">#{capture.seq}</span>
          {capture.bodySize === 0 ? "no body" : formatBytes(capture.bodySize)}
          {capture.problem && <ProblemBadge problem={capture.problem} />}
        </span>
      </a>
    </li>
  );
}
