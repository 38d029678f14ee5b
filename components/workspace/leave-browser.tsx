"use client";

import { LogOut } from "lucide-react";
import { useState } from "react";
import { leaveWorkspace } from "#components/api/workspace.ts";
import { Button } from "#components/ui/button.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { hasOtherWayIn } from "#components/workspace/ways-in.ts";
import type { Browser, Token } from "#lib/contract/token.ts";

type LeaveBrowserProps = { browsers: Browser[]; tokens: Token[] };

export function LeaveBrowser({ browsers, tokens }: LeaveBrowserProps) {
  const [open, setOpen] = useState(false);
  const isLast = open && !hasOtherWayIn(browsers, tokens, Date.now());
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <LogOut aria-hidden />
        Leave
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title="Leave this browser?"
        description={
          isLast ? (
            <>
              <strong className="text-ink">This is the last way in.</strong> No other browser and no
              write token opens this workspace: nobody will be able to read its bins again, and they
              go on capturing until they expire. Open it on another device first, make a token, or
              delete everything.
            </>
          ) : (
            "This browser forgets the workspace at once, in all its tabs. To come back it needs a link from another browser, or one that a write token makes."
          )
        }
        action={isLast ? "Leave, and lose it" : "Leave"}
        onConfirm={async () => {
          await leaveWorkspace();
          // All that was loaded belongs to somebody else now.
          location.assign("/");
        }}
      />
    </>
  );
}
