import { MessagePage } from "#components/site/message-page.tsx";
import { buttonStyle } from "#components/ui/button.tsx";
import { isPerson } from "../../visitor.ts";

export default async function BinNotFound() {
  return (
    <MessagePage
      title="There is no such bin here"
      actions={
        <>
          <a href="/bins" className={buttonStyle({ variant: "primary" })}>
            Your bins
          </a>
          <a href="/" className={buttonStyle()}>
            Create a bin
          </a>
        </>
      }
    >
      <p>It does not exist (any more), or it belongs to another workspace.</p>
      {!(await isPerson()) && (
        <p>
          A bin can be read in the browser that made it. If that was another browser or device, open
          this page there.
        </p>
      )}
    </MessagePage>
  );
}
