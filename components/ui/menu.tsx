"use client";

import type { LucideIcon } from "lucide-react";
import {
  cloneElement,
  createContext,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  use,
  useRef,
  useState,
} from "react";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";

/** Positions, focus and keys are a third of a page's scripts: they come when a menu is first reached for. */
const popup = lazyPart(() => import("#components/ui/menu-popup.tsx"));

const Parts = createContext<typeof popup.loaded>(null);

type TriggerProps = {
  ref?: RefObject<HTMLButtonElement | null>;
  onClick?: () => void;
  onPointerEnter?: () => void;
  onPointerDown?: () => void;
  onFocus?: () => void;
  onKeyDown?: (event: KeyboardEvent) => void;
  "aria-haspopup"?: "menu";
  "aria-expanded"?: boolean;
  "data-popup-open"?: "";
};

type MenuProps = {
  /** A button with a name of its own. */
  trigger: ReactElement<TriggerProps>;
  children: ReactNode;
};

export function Menu({ trigger, children }: MenuProps) {
  const [reached, setReached] = useState(false);
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  const parts = useLazyPart(popup, reached || open);
  const reach = () => setReached(true);
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        "aria-haspopup": "menu",
        "aria-expanded": open,
        "data-popup-open": open ? "" : undefined,
        onPointerEnter: reach,
        onFocus: reach,
        // A press outside closes the menu before the click comes.
        onPointerDown: () => {
          wasOpen.current = open;
        },
        onClick: () => {
          setOpen(!wasOpen.current);
          wasOpen.current = false;
        },
        onKeyDown: (event) => {
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          setOpen(true);
        },
      })}
      {parts && (
        <Parts value={parts}>
          <parts.MenuPopup trigger={button} open={open} onOpenChange={setOpen}>
            {children}
          </parts.MenuPopup>
        </Parts>
      )}
    </>
  );
}

function useParts() {
  const parts = use(Parts);
  if (!parts) throw new Error("This belongs in a Menu.");
  return parts;
}

type MenuItemProps = {
  icon: LucideIcon;
  danger?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
};

export function MenuItem({ icon: Icon, children, ...item }: MenuItemProps) {
  const { Item } = useParts();
  return (
    <Item {...item}>
      <Icon className="size-4 shrink-0" aria-hidden />
      {children}
    </Item>
  );
}

export function MenuSeparator() {
  const { Separator } = useParts();
  return <Separator />;
}

export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  const { Group } = useParts();
  return <Group label={label}>{children}</Group>;
}
