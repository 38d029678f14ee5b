"use client";

import { useState } from "react";
import type { BytesKind } from "#components/api/captures.ts";
import { decodeText } from "#components/body/decode-text.ts";
import { Frame } from "#components/body/frame.tsx";
import { hexDump } from "#components/body/hex-dump.ts";
import { ShownLimit } from "#components/body/shown-limit.tsx";
import { TextBlock } from "#components/body/text-block.tsx";
import { useBytes } from "#components/body/use-bytes.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { InlineError } from "#components/ui/inline-error.tsx";

const KIB = 1024;

/** Bytes to begin with, and the most that a page can show without becoming slow. */
const LIMITS = {
  text: { first: 256 * KIB, most: 2048 * KIB },
  hex: { first: 64 * KIB, most: 512 * KIB },
};

type BytesViewProps = {
  id: string;
  kind: BytesKind;
  view: "text" | "hex";
  contentType: string | null;
  /** How many there are, where that is known. */
  total?: number;
};

/** Exact bytes from the server, as text or as hex. */
export function BytesView({ id, kind, view, contentType, total }: BytesViewProps) {
  const { first, most } = LIMITS[view];
  const [limit, setLimit] = useState(first);
  const { loaded, error, retry } = useBytes(id, kind, limit);

  if (error !== null) {
    return (
      <div className="flex flex-col items-start gap-2">
        <InlineError>{describeError(error)}</InlineError>
        <Button size="sm" onClick={retry}>
          Try again
        </Button>
      </div>
    );
  }
  if (!loaded) return <p className="animate-appear-late text-faint text-xs">Loading…</p>;
  const shown = loaded.bytes.length;
  return (
    <Frame
      footer={
        !loaded.complete && (
          <ShownLimit
            shown={shown}
            total={total}
            onShowMore={limit < most ? () => setLimit(most) : null}
          />
        )
      }
    >
      {view === "hex" ? (
        <TextBlock text={hexDump(loaded.bytes)} wrap={false} />
      ) : (
        <DecodedBlock bytes={loaded.bytes} contentType={contentType} />
      )}
    </Frame>
  );
}

function DecodedBlock({ bytes, contentType }: { bytes: Uint8Array; contentType: string | null }) {
  const { text, charset, lossy } = decodeText(bytes, contentType);
  return (
    <>
      {lossy && (
        <p className="mb-2 text-amber text-xs">
          Some bytes are not {charset} and show as �. The hex view and the download have them as
          they are.
        </p>
      )}
      {charset !== "utf-8" && (
        <p className="mb-2 text-faint text-xs">Decoded as {charset}, as its Content-Type says.</p>
      )}
      <TextBlock text={text} />
    </>
  );
}
