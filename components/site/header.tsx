import { Account } from "#components/sign-in/account.tsx";
import { Logo } from "#components/site/logo.tsx";

/** Plain links: every page brings this along for its errors, and Next.js's are 3 KiB each time. */
export function Header() {
  return (
    <header className="border-b">
      <div className="mx-auto flex h-12 max-w-[1040px] items-center justify-between px-4 sm:px-6">
        <a href="/" className="flex items-center gap-2 rounded font-semibold text-base">
          <Logo className="size-5 text-accent" />
          Inlet
        </a>
        <div className="flex min-w-0 items-center gap-2">
          <nav aria-label="Main" className="flex text-sm">
            <a
              href="/bins"
              className="whitespace-nowrap rounded px-2 py-1 font-medium text-muted text-sm transition-colors hover:bg-hover hover:text-ink"
            >
              Your bins
            </a>
          </nav>
          <Account />
        </div>
      </div>
    </header>
  );
}
