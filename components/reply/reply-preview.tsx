import { rawReplyHead } from "#components/reply/raw-reply.ts";
import { Exact } from "#components/ui/exact.tsx";
import type { Reply } from "#lib/contract/reply.ts";

/** A preview is to check the shape, not to read a book. */
const SHOWN_BODY = 4_000;

type ReplyPreviewProps = { reply: Reply | null; isSandboxed: boolean };

/** The response as it goes over the wire, or why there is none yet. */
export function ReplyPreview({ reply, isSandboxed }: ReplyPreviewProps) {
  return (
    <section aria-label="Preview" className="flex min-w-0 flex-col gap-1">
      <h3 className="font-medium text-sm">What the sender gets</h3>
      {reply === null ? (
        <p className="rounded-md border border-dashed p-3 text-muted text-sm">
          Correct the marked fields to see it.
        </p>
      ) : (
        <>
          <pre
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller has to be reachable by keyboard
            tabIndex={0}
            className="as-sent max-h-56 overflow-auto whitespace-pre-wrap rounded-md border bg-subtle p-3 text-xs"
          >
            <Exact text={rawReplyHead(reply, isSandboxed)} />
            {reply.body !== "" && (
              <>
                {"\n\n"}
                <Exact text={reply.body.slice(0, SHOWN_BODY)} />
                {reply.body.length > SHOWN_BODY && "…"}
              </>
            )}
          </pre>
          <p className="text-faint text-xs">
            {reply.delayMs > 0 && `After ${reply.delayMs / 1000} s. `}A capture is stored before its
            reply is sent.
            {isSandboxed &&
              " Inlet adds the sandbox, so that a reply cannot act with the rights of this page."}
          </p>
        </>
      )}
    </section>
  );
}
