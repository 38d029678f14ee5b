import { type ReactNode, useId } from "react";

type WorkspaceSectionProps = {
  title: string;
  text: string;
  actions?: ReactNode;
  children?: ReactNode;
};

export function WorkspaceSection({ title, text, actions, children }: WorkspaceSectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div className="flex min-w-0 max-w-[64ch] flex-col gap-0.5">
          <h2 id={id} className="font-semibold text-lg">
            {title}
          </h2>
          <p className="text-muted text-sm">{text}</p>
        </div>
        {actions}
      </div>
      {children}
    </section>
  );
}
