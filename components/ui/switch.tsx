import { cn } from "#components/ui/cn.ts";

type SwitchProps = {
  /** What it turns on and off. */
  label: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
};

/** On or off, at once: what waits for a "Save" is a checkbox. */
export function Switch({ label, checked, disabled, onChange }: SwitchProps) {
  return (
    <button
      type="button"
      role="switch"
      aria-checked={checked}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={() => onChange(!checked)}
      className="relative inline-flex shrink-0 items-center justify-center rounded-full disabled:opacity-60 pointer-coarse:size-11"
    >
      <span
        className={cn(
          "flex h-5 w-9 items-center rounded-full border p-0.5 transition-colors",
          checked ? "border-accent bg-accent" : "border-line-strong bg-subtle",
        )}
      >
        <span
          className={cn(
            "size-3.5 rounded-full transition-transform",
            checked ? "translate-x-4 bg-on-accent" : "bg-muted",
          )}
        />
      </span>
    </button>
  );
}
