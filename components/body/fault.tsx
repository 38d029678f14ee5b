import type { OutlineView } from "#components/body/body-document.ts";
import type { OutlineFault } from "#components/body/outline.ts";
import { placeInText } from "#components/body/text-rows.ts";
import { Exact } from "#components/ui/exact.tsx";

const NAMES: Record<OutlineView, string> = { json: "JSON", ndjson: "NDJSON", xml: "XML" };

type FaultProps = { view: OutlineView; text: string; fault: OutlineFault };

/** Where a text is not what its view needs, and why. */
export function Fault({ view, text, fault }: FaultProps) {
  const { line, column } = placeInText(text, fault.at);
  return (
    <p
      role="status"
      className="rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-amber text-sm [overflow-wrap:anywhere]"
    >
      Not valid {NAMES[view]}: at line {line}, column {column}, <Exact text={fault.message} />. It
      is shown as text, and the place is marked.
    </p>
  );
}
