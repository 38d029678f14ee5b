import { ListChecks } from "lucide-react";
import { Button } from "#components/ui/button.tsx";

/** For those who cannot hover: shows a checkbox on every row. */
export function SelectButton({ onSelect }: { onSelect: () => void }) {
  return (
    <Button
      variant="ghost"
      size="icon"
      className="pointer-coarse:size-11"
      aria-label="Select captures"
      title="Select captures (x)"
      onClick={onSelect}
    >
      <ListChecks aria-hidden />
    </Button>
  );
}
