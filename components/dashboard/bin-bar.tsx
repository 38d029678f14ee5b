import Link from "next/link";
import type { ReactNode } from "react";
import { binLabel } from "#components/bins/bin-label.ts";
import { ConnectionState } from "#components/dashboard/connection-state.tsx";
import type { Connection } from "#components/live/live-socket.ts";
import { Logo } from "#components/site/logo.tsx";
import { cn } from "#components/ui/cn.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import type { Bin } from "#lib/contract/bin.ts";

type BinBarProps = {
  bin: Bin;
  connection: Connection;
  /** That captures are forwarded, where they are. */
  sign: ReactNode;
  /** Shows and hides the panels. */
  toggles: ReactNode;
  /** Buttons that open the palette and the help. */
  commands: ReactNode;
  menu: ReactNode;
};

/** On a narrow screen the URL takes a line of its own below the rest. */
export function BinBar({ bin, connection, sign, toggles, commands, menu }: BinBarProps) {
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-2 md:flex-nowrap md:gap-x-4 md:px-4">
      <nav aria-label="Main" className="flex shrink-0 items-center gap-2">
        <Link href="/" aria-label="Inlet, start page" className="rounded">
          <Logo className="size-5 text-accent" />
        </Link>
        <Link
          href="/bins"
          className="rounded px-1 text-muted text-sm transition-colors hover:text-ink max-sm:sr-only max-sm:focus:not-sr-only"
        >
          Your bins
        </Link>
        <span className="text-line-strong max-sm:hidden" aria-hidden>
          /
        </span>
      </nav>
      <div className="-ml-2 flex shrink-0 max-md:hidden">{toggles}</div>
      <h1
        title={binLabel(bin)}
        className={cn(
          "min-w-0 flex-1 truncate font-semibold text-base md:max-w-60 md:flex-initial md:shrink",
          bin.name === null && "font-medium font-mono text-sm",
        )}
      >
        {binLabel(bin)}
      </h1>
      <div className="order-last flex min-w-0 basis-full items-center gap-2 md:order-none md:flex-1 md:basis-auto">
        <output
          aria-label="Capture URL"
          title={bin.captureUrl}
          className="flex h-8 min-w-0 flex-1 items-center rounded-md border bg-subtle px-2 md:max-w-[560px]"
        >
          <span className="select-all truncate font-mono text-xs">{bin.captureUrl}</span>
        </output>
        <CopyButton
          text={bin.captureUrl}
          label="Copy capture URL"
          caption="Copy URL"
          variant="primary"
        />
      </div>
      {sign}
      <ConnectionState connection={connection} />
      <div className="-mx-1 flex shrink-0 items-center">
        {commands}
        {menu}
      </div>
    </header>
  );
}
