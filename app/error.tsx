"use client";

import { MessagePage } from "#components/site/message-page.tsx";
import { Button, buttonStyle } from "#components/ui/button.tsx";

type ErrorPageProps = { error: unknown; retry: () => void };

export default function ErrorPage({ error, retry }: ErrorPageProps) {
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : null;
  return (
    <MessagePage
      title="This page could not be shown"
      actions={
        <>
          <Button variant="primary" onClick={retry}>
            Try again
          </Button>
          <a href="/bins" className={buttonStyle()}>
            Your bins
          </a>
        </>
      }
    >
      <p>
        Something went wrong on the server. What was captured is safe, and capturing goes on. Try
        again in a moment.
      </p>
      {digest && (
        <p className="text-sm">
          If it keeps happening, look for <code className="font-mono">{digest}</code> in the
          server's log.
        </p>
      )}
    </MessagePage>
  );
}
