"use client";

import { useRouter } from "next/navigation";
import { BrowserList } from "#components/workspace/browser-list.tsx";
import { DeleteEverything } from "#components/workspace/delete-everything.tsx";
import { DeviceLinkButton } from "#components/workspace/device-link-button.tsx";
import { LeaveBrowser } from "#components/workspace/leave-browser.tsx";
import { NameForm } from "#components/workspace/name-form.tsx";
import { NewToken } from "#components/workspace/new-token.tsx";
import { TokenList } from "#components/workspace/token-list.tsx";
import { WorkspaceSection } from "#components/workspace/workspace-section.tsx";
import type { Browser, Token } from "#lib/contract/token.ts";
import type { Workspace } from "#lib/contract/workspace.ts";

type WorkspaceViewProps = {
  workspace: Workspace;
  browsers: Browser[];
  tokens: Token[];
  /** It goes with a person who signed in by name, not with the browser. */
  follows: boolean;
};

/** Who can get into the workspace, and how all of it ends. */
export function WorkspaceView({ workspace, browsers, tokens, follows }: WorkspaceViewProps) {
  const { refresh } = useRouter();
  return (
    <div className="flex flex-col gap-10">
      <NameForm key={workspace.name} workspace={workspace} onChanged={refresh} />
      {follows ? (
        <WorkspaceSection
          title="Other devices"
          text="Your workspace follows you: sign in on another device, and it is there."
        />
      ) : (
        <WorkspaceSection
          title="Browsers"
          text="Each of these can see and change everything here. There is no password: whoever has one of these browsers is in."
          actions={<DeviceLinkButton onUsed={refresh} />}
        >
          <BrowserList browsers={browsers} onChanged={refresh} />
        </WorkspaceSection>
      )}
      <WorkspaceSection
        title="Access tokens"
        text="For scripts and other programs: they send one as Authorization: Bearer."
        actions={<NewToken onCreated={refresh} />}
      >
        <TokenList tokens={tokens} onChanged={refresh} />
      </WorkspaceSection>
      {!follows && (
        <WorkspaceSection
          title="Leave this browser"
          text="This browser forgets the workspace. Its bins stay, for the other browsers and tokens."
          actions={<LeaveBrowser browsers={browsers} tokens={tokens} />}
        />
      )}
      <WorkspaceSection
        title="Delete everything"
        text="All bins and what they captured, all links and tokens: gone at once, for good."
        actions={<DeleteEverything workspace={workspace} />}
      />
    </div>
  );
}
