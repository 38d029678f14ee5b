import { type ReactNode, useId } from "react";
import { Added } from "#components/ui/added.tsx";

type SectionProps = {
  title: string;
  /** How many there are. */
  count?: number;
  /** What Inlet made of the bytes, as against what was sent. */
  added?: string;
  actions?: ReactNode;
  children: ReactNode;
};

export function Section({ title, count, added, actions, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-2">
      <div className="flex min-h-6 items-center gap-2">
        <h3 id={id} className="font-semibold text-sm">
          {title}
        </h3>
        {count !== undefined && <span className="text-faint text-xs">{count}</span>}
        {added && <Added>{added}</Added>}
        {actions && <div className="ml-auto flex items-center gap-1">{actions}</div>}
      </div>
      {children}
    </section>
  );
}
