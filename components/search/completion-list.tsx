import { cn } from "#components/ui/cn.ts";
import type { Completion } from "#lib/search/complete.ts";

type CompletionListProps = {
  id: string;
  options: readonly Completion[];
  active: number;
  onChoose: (option: Completion) => void;
  onHighlight: (index: number) => void;
};

export const optionId = (listId: string, index: number) => `${listId}-${index}`;

/** The list of a combobox: the focus stays in the field. */
export function CompletionList({ id, options, active, ...on }: CompletionListProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Completions"
      className="absolute inset-x-0 top-full z-30 mt-1 max-h-80 overflow-y-auto rounded-lg border border-line-strong bg-canvas p-1"
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus, and its keys
        // biome-ignore lint/a11y/useFocusableInteractive: the field names the active one
        <div
          key={option.insert}
          id={optionId(id, index)}
          role="option"
          aria-selected={index === active}
          ref={(row) => {
            if (index === active) row?.scrollIntoView({ block: "nearest" });
          }}
          // The field keeps the focus.
          onPointerDown={(event) => event.preventDefault()}
          onPointerMove={() => on.onHighlight(index)}
          onClick={() => on.onChoose(option)}
          className={cn(
            "flex min-h-8 cursor-pointer select-none items-center gap-3 rounded px-2 pointer-coarse:min-h-11",
            index === active && "bg-hover",
          )}
        >
          <span className="as-sent max-w-[60%] shrink-0 truncate text-xs">{option.insert}</span>
          <span className="min-w-0 truncate text-faint text-xs">{option.hint}</span>
        </div>
      ))}
    </div>
  );
}
