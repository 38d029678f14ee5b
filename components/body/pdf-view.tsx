import { formatBytes } from "#components/ui/format-bytes.ts";

/** A PDF is not shown: it may hold scripts, and browsers show it in the page's origin. */
export function PdfView({ bytes }: { bytes: Uint8Array }) {
  return (
    <p className="rounded-md border bg-subtle px-3 py-4 text-muted text-sm">
      A PDF of {formatBytes(bytes.length)}. Download it to read it; the hex view has its bytes.
    </p>
  );
}
