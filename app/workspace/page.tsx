import type { Metadata } from "next";
import Link from "next/link";
import { PageShell } from "#components/site/page-shell.tsx";
import { buttonStyle } from "#components/ui/button.tsx";
import { WorkspaceView } from "#components/workspace/workspace-view.tsx";
import { getRuntime } from "#lib/runtime.ts";
import { getVisitor, isPerson } from "../visitor.ts";

export const dynamic = "force-dynamic";

export const metadata: Metadata = { title: "Workspace" };

export default async function WorkspacePage() {
  const visitor = await getVisitor();
  if (!visitor) return <NoWorkspace />;
  const { workspaces, tokens } = getRuntime();
  const [workspace, browsers, allTokens] = await Promise.all([
    workspaces.get(visitor),
    tokens.browsers(visitor),
    tokens.list(visitor),
  ]);
  return (
    <PageShell>
      <div className="flex flex-col gap-8">
        <h1 className="font-semibold text-xl">Workspace</h1>
        <WorkspaceView
          workspace={workspace}
          browsers={browsers}
          tokens={allTokens}
          follows={await isPerson()}
        />
      </div>
    </PageShell>
  );
}

function NoWorkspace() {
  return (
    <PageShell>
      <div className="flex flex-col gap-6">
        <h1 className="font-semibold text-xl">Workspace</h1>
        <div className="flex flex-col items-center gap-4 rounded-lg border border-dashed px-6 py-12 text-center">
          <div>
            <p className="font-medium">No workspace in this browser yet</p>
            <p className="mx-auto mt-1 max-w-[52ch] text-muted text-sm">
              It is made with your first bin. If you have one in another browser, choose “Open on
              another device” on its workspace page.
            </p>
          </div>
          <Link href="/bins" className={buttonStyle({ variant: "primary" })}>
            Create a bin
          </Link>
        </div>
      </div>
    </PageShell>
  );
}
