"use client";

import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

type TabsProps<Value extends string> = {
  label: string;
  value: Value;
  onValueChange: (value: Value) => void;
  tabs: { value: Value; label: string }[];
  /** Beside the tabs: what acts on the shown panel. */
  actions?: ReactNode;
  children: ReactNode;
};

/** One panel at a time: `children` is what the chosen tab shows. */
export function Tabs<Value extends string>(props: TabsProps<Value>) {
  const { label, value, onValueChange, tabs, actions, children } = props;
  return (
    <Base.Root value={value} onValueChange={(next: Value) => onValueChange(next)}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <Base.List
          aria-label={label}
          activateOnFocus
          className="flex gap-0.5 rounded-md border bg-subtle p-0.5"
        >
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              className="h-6 rounded px-2 text-muted text-xs transition-colors hover:text-ink data-active:bg-canvas data-active:font-medium data-active:text-ink data-active:outline data-active:outline-line-strong focus-visible:outline-2 focus-visible:outline-accent"
            >
              {tab.label}
            </Base.Tab>
          ))}
        </Base.List>
        {actions}
      </div>
      <Base.Panel value={value} className="mt-2 rounded-md">
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
