import type { Metadata } from "next";
import { headers } from "next/headers";
import Link from "next/link";
import { notFound } from "next/navigation";
import { sharedCapturePath } from "#components/api/shares.ts";
import { SharedCapture } from "#components/share/shared-capture.tsx";
import { SharedResend } from "#components/share/shared-resend.tsx";
import { SharedView } from "#components/share/shared-view.tsx";
import { MessagePage } from "#components/site/message-page.tsx";
import { PageShell } from "#components/site/page-shell.tsx";
import { buttonStyle } from "#components/ui/button.tsx";
import { captureIdSchema } from "#lib/contract/ids.ts";
import { SHARED_PAGE_MAX } from "#lib/contract/limits.ts";
import { type Shared, shareSecretSchema } from "#lib/contract/share.ts";
import { isAppError } from "#lib/errors.ts";
import { getRuntime } from "#lib/runtime.ts";

export const dynamic = "force-dynamic";

/** The same for every link, and for one that opens nothing: a preview in a chat reveals nothing. */
export const metadata: Metadata = {
  title: "Shared with you",
  description: "Somebody shared an HTTP request with you by a link.",
  robots: { index: false, follow: false },
  referrer: "no-referrer",
  openGraph: {
    title: "Shared with you · Inlet",
    description: "Somebody shared an HTTP request with you by a link.",
    siteName: "Inlet",
    type: "website",
  },
};

type SharedPageProps = {
  params: Promise<{ secret: string }>;
  searchParams: Promise<{ capture?: string | string[]; before?: string | string[] }>;
};

/** What the link shows; a text for why it shows nothing any more. */
async function openLink(secret: string): Promise<Shared | string> {
  const { shares } = getRuntime();
  // What the page fetches for itself, as for a list that is stale, is no view.
  const isView = !(await headers()).has("rsc");
  try {
    return await (isView ? shares.view(secret) : shares.open(secret));
  } catch (error) {
    if (isAppError(error) && error.code === "gone") return error.message;
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
}

async function findCapture(secret: string, id: string) {
  try {
    return await getRuntime().shares.capture(secret, id);
  } catch (error) {
    if (isAppError(error) && (error.code === "not_found" || error.code === "gone")) return null;
    throw error;
  }
}

export default async function SharedPage({ params, searchParams }: SharedPageProps) {
  const { secret } = await params;
  if (!shareSecretSchema.safeParse(secret).success) notFound();
  const shared = await openLink(secret);
  if (typeof shared === "string") return <LinkEnded message={shared} />;

  const { capture: asked, before } = await searchParams;
  const askedId = captureIdSchema.safeParse(asked).data ?? null;
  const id = shared.captureId ?? askedId;
  const capture = id === null ? null : await findCapture(secret, id);
  const cursor =
    typeof before === "string" && /^\d{1,15}$/.test(before) ? Number(before) : undefined;
  const page =
    shared.kind === "bin"
      ? await getRuntime().shares.page(secret, { limit: SHARED_PAGE_MAX, before: cursor })
      : { captures: [], hasMore: false };
  const last = page.captures.at(-1);
  return (
    <PageShell>
      <SharedView
        shared={shared}
        secret={secret}
        captures={page.captures}
        olderHref={page.hasMore && last ? `/s/${secret}?before=${last.seq}` : null}
        selectedId={capture?.id ?? null}
      >
        {capture ? (
          <SharedCapture
            capture={capture}
            secret={secret}
            actions={
              shared.allow.resend && (
                <SharedResend
                  key={capture.id}
                  path={sharedCapturePath(secret, capture.id)}
                  seq={capture.seq}
                  redact={shared.redact}
                />
              )
            }
          />
        ) : id !== null ? (
          <p className="text-muted">This capture does not exist (any more).</p>
        ) : (
          page.captures.length > 0 && (
            <p className="text-muted max-lg:hidden">Select a capture to read it.</p>
          )
        )}
      </SharedView>
    </PageShell>
  );
}

function LinkEnded({ message }: { message: string }) {
  return (
    <MessagePage
      title="This link has ended"
      actions={
        <Link href="/" className={buttonStyle()}>
          What is Inlet?
        </Link>
      }
    >
      <p>{message}</p>
    </MessagePage>
  );
}
