"use client";

import { useState } from "react";
import { signOutBrowser } from "#components/api/workspace.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Age } from "#components/ui/time.tsx";
import { CurrentMark } from "#components/workspace/current-mark.tsx";
import type { Browser } from "#lib/contract/token.ts";

type BrowserListProps = { browsers: Browser[]; onChanged: () => void };

const nameOf = ({ name }: Browser) => name ?? "A browser that did not say its name";

export function BrowserList({ browsers, onChanged }: BrowserListProps) {
  const [asked, setAsked] = useState<Browser | null>(null);
  return (
    <>
      <ul aria-label="Browsers" className="divide-y overflow-hidden rounded-lg border">
        {browsers.map((browser) => (
          <li key={browser.id} className="flex items-center gap-3 px-3 py-3 sm:px-4">
            <div className="flex min-w-0 flex-1 flex-col gap-0.5">
              <p className="flex flex-wrap items-center gap-x-2 font-medium">
                {nameOf(browser)}
                {browser.current && <CurrentMark>this browser</CurrentMark>}
              </p>
              <p className="flex flex-wrap gap-x-3 text-faint text-xs">
                <span>
                  opened <Age iso={browser.openedAt} ago />
                </span>
                <span>
                  {browser.lastUsedAt ? (
                    <>
                      last used <Age iso={browser.lastUsedAt} ago />
                    </>
                  ) : (
                    "not used yet"
                  )}
                </span>
              </p>
            </div>
            {!browser.current && (
              <Button
                size="sm"
                className="pointer-coarse:h-11"
                aria-label={`Sign out ${nameOf(browser)}`}
                onClick={() => setAsked(browser)}
              >
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={() => setAsked(null)}
        title={`Sign out ${asked ? nameOf(asked) : ""}?`}
        description="It loses the workspace at once, also in pages that are open there. To come back it needs a new link."
        action="Sign out"
        onConfirm={async () => {
          await signOutBrowser(asked!.id);
          onChanged();
        }}
      />
    </>
  );
}
