import { Button } from "#components/ui/button.tsx";
import { formatBytes } from "#components/ui/format-bytes.ts";

type ShownLimitProps = {
  shown: number;
  /** Of how many, where that is known. */
  total?: number;
  /** Null where more would freeze the page. */
  onShowMore: (() => void) | null;
};

/** Says that this is not all, and offers the rest. */
export function ShownLimit({ shown, total, onShowMore }: ShownLimitProps) {
  return (
    <p className="flex flex-wrap items-center gap-2 border-t bg-subtle px-3 py-1.5 text-muted text-xs">
      The first {formatBytes(shown)}
      {total !== undefined && ` of ${formatBytes(total)}`} are shown.
      {onShowMore ? (
        <Button size="sm" onClick={onShowMore}>
          Show more
        </Button>
      ) : (
        <span>Download it to read the rest.</span>
      )}
    </p>
  );
}
