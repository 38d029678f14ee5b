"use client";

import type { LucideIcon } from "lucide-react";
import { MoreHorizontal } from "lucide-react";
import { createContext, type ReactNode, use } from "react";
import { Button } from "#components/ui/button.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Menu, MenuGroup, MenuItem } from "#components/ui/menu.tsx";

const InMenu = createContext(false);

/**
 * What can be done with a capture, as buttons; where they do not fit, as items of one menu. The
 * children are rendered in either place, so what an action opens (a dialog) belongs beside the bar.
 */
export function ActionBar({ children }: { children: ReactNode }) {
  return (
    <>
      <div className="flex items-center gap-1 @max-xl:hidden">{children}</div>
      <div className="@xl:hidden">
        <Menu trigger={<IconButton icon={MoreHorizontal} label="Capture actions" />}>
          <InMenu value={true}>{children}</InMenu>
        </Menu>
      </div>
    </>
  );
}

type ActionProps = {
  icon: LucideIcon;
  /** A verb and its object: "Delete this capture". */
  label: string;
  /** Beside the icon, for what is not plain from it. */
  caption?: string;
  danger?: boolean;
  disabled?: boolean;
  onClick: () => void;
};

export function Action({ icon: Icon, label, caption, danger, disabled, onClick }: ActionProps) {
  if (use(InMenu)) {
    return (
      <MenuItem icon={Icon} danger={danger} disabled={disabled} onClick={onClick}>
        {label}
      </MenuItem>
    );
  }
  return (
    <Button
      variant="ghost"
      size={caption ? "sm" : "icon"}
      aria-label={label}
      title={label}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon aria-hidden />
      {caption}
    </Button>
  );
}

type ActionMenuProps = { icon: LucideIcon; label: string; caption?: string; children: ReactNode };

/** Several actions behind one button: `children` are `MenuItem`s. In the menu they stand under its label. */
export function ActionMenu({ icon: Icon, label, caption, children }: ActionMenuProps) {
  if (use(InMenu)) return <MenuGroup label={label}>{children}</MenuGroup>;
  return (
    <Menu
      trigger={
        <Button variant="ghost" size={caption ? "sm" : "icon"} aria-label={label} title={label}>
          <Icon aria-hidden />
          {caption}
        </Button>
      }
    >
      {children}
    </Menu>
  );
}
