"use client";

import { useState } from "react";
import { revokeToken } from "#components/api/workspace.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Age, Until } from "#components/ui/time.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { Token } from "#lib/contract/token.ts";

type TokenListProps = { tokens: Token[]; onChanged: () => void };

/** The one that comes with a workspace has no label: nobody made it by hand. */
const nameOf = ({ label }: Token) => label ?? "Came with the first bin";

export function TokenList({ tokens, onChanged }: TokenListProps) {
  const [asked, setAsked] = useState<Token | null>(null);
  const now = useNow();
  if (tokens.length === 0) {
    return (
      <p className="rounded-lg border border-dashed px-4 py-6 text-center text-muted text-sm">
        No tokens. Make one to read captures or create bins from a script.
      </p>
    );
  }
  return (
    <>
      <ul aria-label="Access tokens" className="divide-y overflow-hidden rounded-lg border">
        {tokens.map((token) => {
          const isOver =
            now !== null && token.expiresAt !== null && Date.parse(token.expiresAt) <= now;
          return (
            <li key={token.id} className="flex items-center gap-3 px-3 py-3 sm:px-4">
              <div className="flex min-w-0 flex-1 flex-col gap-0.5">
                <p className={cn("font-medium [overflow-wrap:anywhere]", isOver && "text-muted")}>
                  {nameOf(token)}
                </p>
                <p className="flex flex-wrap gap-x-3 text-faint text-xs">
                  <span className="text-muted">
                    {token.scope === "read" ? "read only" : "read and write"}
                  </span>
                  <span>
                    made <Age iso={token.createdAt} ago />
                  </span>
                  <span>
                    {token.lastUsedAt ? (
                      <>
                        last used <Age iso={token.lastUsedAt} ago />
                      </>
                    ) : (
                      "never used"
                    )}
                  </span>
                  <Expiry token={token} isOver={isOver} />
                </p>
              </div>
              <Button
                size="sm"
                className="pointer-coarse:h-11"
                aria-label={`${isOver ? "Remove" : "Revoke"} ${nameOf(token)}`}
                onClick={() => setAsked(token)}
              >
                {isOver ? "Remove" : "Revoke"}
              </Button>
            </li>
          );
        })}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        onOpenChange={() => setAsked(null)}
        title={`Revoke ${asked ? nameOf(asked) : ""}?`}
        description="Whatever uses it is refused from now on, and live feeds that it opened end at once. This cannot be undone."
        action="Revoke token"
        onConfirm={async () => {
          await revokeToken(asked!.id);
          onChanged();
        }}
      />
    </>
  );
}

function Expiry({ token, isOver }: { token: Token; isOver: boolean }) {
  if (token.expiresAt === null) return <span>no end</span>;
  if (isOver) {
    return (
      <span className="text-amber">
        expired <Age iso={token.expiresAt} ago />
      </span>
    );
  }
  return (
    <span>
      expires <Until iso={token.expiresAt} />
    </span>
  );
}
