import {
  codingsOf,
  DECODED_MAX_BYTES,
  type DecodingProblem,
} from "#components/body/decode/decode-content.ts";
import type { OpenedBody } from "#components/body/open-body.ts";
import { Added } from "#components/ui/added.tsx";
import { Button } from "#components/ui/button.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { formatBytes } from "#components/ui/format-bytes.ts";

type DecodingNoteProps = {
  body: OpenedBody;
  contentEncoding: string | null;
  /** The bytes as they came are shown. */
  asSent: boolean;
  onAsSent: (asSent: boolean) => void;
};

/** What was decoded to get what is shown, and what went wrong with that. */
export function DecodingNote({ body, contentEncoding, asSent, onAsSent }: DecodingNoteProps) {
  if (codingsOf(contentEncoding).length === 0) return null;
  const undone = body.decoding?.undone ?? [];
  const problem = body.decoding?.problem ?? null;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-faint text-xs">
        {asSent && <span>Shown as sent, without decoding.</span>}
        {undone.length > 0 && (
          <>
            <Added>decoded from {undone.join(", then ")}</Added>
            <span>
              {formatBytes(body.raw.length)} as sent, {formatBytes(body.bytes.length)} decoded
            </span>
          </>
        )}
        {(asSent || undone.length > 0) && (
          <Button variant="ghost" size="sm" onClick={() => onAsSent(!asSent)}>
            {asSent ? "Decode" : "Show as sent"}
          </Button>
        )}
      </div>
      {problem && (
        <p
          role="status"
          className="rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-amber text-sm [overflow-wrap:anywhere]"
        >
          <Exact text={explain(problem, undone)} />
        </p>
      )}
    </div>
  );
}

function explain({ kind, coding, detail }: DecodingProblem, undone: string[]): string {
  const name = coding.slice(0, 60);
  if (kind === "limit") {
    return `This decodes to more than ${formatBytes(DECODED_MAX_BYTES)}: it is cut there. The download as sent has all of it.`;
  }
  if (kind === "unknown") {
    return `Content-Encoding names “${name}”, and ${detail}: what is shown is still encoded with it.`;
  }
  if (!undone.includes(coding)) {
    return `Content-Encoding says “${name}”, but the bytes cannot be decoded as that (${detail}). They are shown as they came.`;
  }
  return `The ${name} stream is damaged (${detail}). What could be decoded is shown.`;
}
