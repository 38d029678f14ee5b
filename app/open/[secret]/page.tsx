import type { Metadata } from "next";
import Link from "next/link";
import { MessagePage } from "#components/site/message-page.tsx";
import { buttonStyle } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { replaceInvisible } from "#components/ui/visible-text.ts";
import { OpenWorkspace } from "#components/workspace/open-workspace.tsx";
import { hasOtherWayIn } from "#components/workspace/ways-in.ts";
import { deviceSecretSchema, type Workspace } from "#lib/contract/workspace.ts";
import { isAppError } from "#lib/errors.ts";
import { getRuntime } from "#lib/runtime.ts";
import { getVisitor, isPerson } from "../../visitor.ts";

export const dynamic = "force-dynamic";

/** The same for every link: a preview in a chat reveals nothing. */
export const metadata: Metadata = {
  title: "Open a workspace",
  description: "A link that opens a workspace in this browser, once.",
  robots: { index: false, follow: false },
  referrer: "no-referrer",
  openGraph: {
    title: "Open a workspace · Inlet",
    description: "A link that opens a workspace in this browser, once.",
    siteName: "Inlet",
    type: "website",
  },
};

const FOLLOWS =
  "Here a workspace goes with whoever signs in: sign in on another device, and your bins are there. " +
  "To show somebody else a bin, share it by link.";

type OpenPageProps = { params: Promise<{ secret: string }> };

async function look(secret: string) {
  if (await isPerson()) {
    return "You are signed in by name here, and your own workspace follows you: no other can be opened in its place.";
  }
  if (!deviceSecretSchema.safeParse(secret).success) {
    return "There is no such link. Check that it was copied whole.";
  }
  try {
    return await getRuntime().deviceLinks.look(await getVisitor(), secret);
  } catch (error) {
    if (isAppError(error) && (error.code === "gone" || error.code === "not_found")) {
      return error.message;
    }
    throw error;
  }
}

export default async function OpenPage({ params }: OpenPageProps) {
  const { secret } = await params;
  if (await isPerson()) return <CannotOpen message={FOLLOWS} />;
  const found = await look(secret);
  if (typeof found === "string") return <CannotOpen message={found} />;
  const { workspace, isOwn } = found;
  if (isOwn) return <HasItAlready workspace={workspace} />;
  return (
    <MessagePage
      title={`Open ${workspaceLabel(workspace)} in this browser?`}
      actions={<OpenWorkspace secret={secret} />}
    >
      <p>
        It has {contents(workspace)}. This browser will see and change all of it, until it leaves or
        is signed out.
      </p>
      <p>Go on only if you made this link yourself, or know who did: it works once.</p>
      <LeavesAnother />
    </MessagePage>
  );
}

const workspaceLabel = ({ name }: Workspace) =>
  name === null ? "the workspace" : `the workspace “${replaceInvisible(name)}”`;

const contents = ({ binCount, captureCount }: Workspace) =>
  `${formatCount(binCount, "bin")} with ${formatCount(captureCount, "capture")}`;

/** What becomes of the workspace that this browser has now. */
async function LeavesAnother() {
  const visitor = await getVisitor();
  if (!visitor) return null;
  const { workspaces, tokens } = getRuntime();
  const workspace = await workspaces.get(visitor);
  if (workspace.binCount === 0) return null;
  const isLast = !hasOtherWayIn(
    await tokens.browsers(visitor),
    await tokens.list(visitor),
    Date.now(),
  );
  return (
    <div className="rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-ink text-sm">
      <p className="font-medium">This browser leaves {workspaceLabel(workspace)} that it has now</p>
      <p className="mt-1 text-muted">
        What is in it stays there: {contents(workspace)}.{" "}
        {isLast ? (
          <>
            <strong className="text-ink">No other browser and no write token opens it</strong>: you
            could not come back. Cancel, and open it on another device or make a token first, on{" "}
            <Link href="/workspace" className="text-accent underline underline-offset-2">
              its page
            </Link>
            .
          </>
        ) : (
          "Your other browsers and tokens still open it."
        )}
      </p>
    </div>
  );
}

function HasItAlready({ workspace }: { workspace: Workspace }) {
  return (
    <MessagePage
      title="This browser has it already"
      actions={
        <Link href="/bins" className={buttonStyle({ variant: "primary" })}>
          Your bins
        </Link>
      }
    >
      <p>
        The link leads to {workspaceLabel(workspace)}, which is open here. It was not used up: open
        it on the other device.
      </p>
    </MessagePage>
  );
}

function CannotOpen({ message }: { message: string }) {
  return (
    <MessagePage
      title="This link opens nothing"
      actions={
        <Link href="/" className={buttonStyle()}>
          Start page
        </Link>
      }
    >
      <p>{message}</p>
    </MessagePage>
  );
}
