import type { BodyFacts } from "#components/body/body-document.ts";
import type { BodyView } from "#components/body/body-kind.ts";

const OF_BYTES: readonly BodyView[] = ["hex", "image", "pdf", "multipart"];

/** How bytes became characters, where that is not plain. */
export function CharsetNote({ facts, view }: { facts: BodyFacts; view: BodyView }) {
  if (OF_BYTES.includes(view)) return null;
  const { charset, lossy } = facts;
  if (lossy) {
    return (
      <p className="text-amber text-xs">
        Some bytes are not {charset} and show as �. The hex view and the download have them as they
        are.
      </p>
    );
  }
  if (charset === "utf-8") return null;
  return <p className="text-faint text-xs">Decoded as {charset}, as the body or its type says.</p>;
}
