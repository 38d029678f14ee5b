import { ListChecks } from "lucide-react";
import { IconButton } from "#components/ui/icon-button.tsx";

/** For those who cannot hover: shows a checkbox on every row. */
export function SelectButton({ onSelect }: { onSelect: () => void }) {
  return (
    <IconButton
      icon={ListChecks}
      label="Select captures"
      title="Select captures (x)"
      onClick={onSelect}
    />
  );
}
