import Link from "next/link";
import { MessagePage } from "#components/site/message-page.tsx";
import { buttonStyle } from "#components/ui/button.tsx";

export function BinGone() {
  return (
    <MessagePage
      title="This bin was deleted"
      actions={
        <Link href="/bins" className={buttonStyle({ variant: "primary" })}>
          Your bins
        </Link>
      }
    >
      <p>
        Somebody deleted it, and its captures with it, while you were looking. Its URL answers 404
        now.
      </p>
    </MessagePage>
  );
}
