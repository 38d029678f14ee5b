"use client";

import { useSignedIn } from "#components/sign-in/signed-in.tsx";

/** Who is signed in, and the way out. Works without scripts. */
export function Account() {
  const signedIn = useSignedIn();
  if (!signedIn) return null;
  const { name, canSignOut } = signedIn;
  return (
    <div className="flex min-w-0 items-center gap-1 text-sm">
      {name !== null && (
        <span title={name} className="max-w-[24ch] truncate text-muted max-sm:max-w-[12ch]">
          <span className="sr-only">Signed in as </span>
          {name}
        </span>
      )}
      {canSignOut && (
        <form method="post" action="/sign-out">
          <button
            type="submit"
            className="whitespace-nowrap rounded px-2 py-1 font-medium text-muted transition-colors hover:bg-hover hover:text-ink"
          >
            Sign out
          </button>
        </form>
      )}
    </div>
  );
}
