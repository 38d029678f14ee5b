import type { ReactNode } from "react";

type ChoiceProps = { name: string; checked: boolean; onChange: () => void; children: ReactNode };

/** One of several: a radio button with its words. */
export function Choice({ name, checked, onChange, children }: ChoiceProps) {
  return (
    <label className="flex items-center gap-2 pointer-coarse:min-h-11">
      <input
        type="radio"
        name={name}
        className="size-4 shrink-0 accent-accent"
        checked={checked}
        onChange={onChange}
      />
      {children}
    </label>
  );
}
