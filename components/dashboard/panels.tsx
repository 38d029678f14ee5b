"use client";

import { type ReactNode, type RefObject, useRef, useState } from "react";
import {
  Group,
  type Layout,
  Panel,
  type PanelImperativeHandle,
  Separator,
} from "react-resizable-panels";
import { type PanelSizes, panelCookie } from "#components/dashboard/panel-sizes.ts";
import { useMedia } from "#components/ui/use-media.ts";

/** The ids are also what globals.css arranges narrow screens by. */
const IDS = { bins: "panel-bins", list: "panel-list", detail: "panel-detail" } as const;

export type SidePanel = "bins" | "list";

export type PanelsState = {
  collapsed: Record<SidePanel, boolean>;
  toggle: (panel: SidePanel) => void;
  /** For `Panels`. */
  refs: Record<SidePanel, RefObject<PanelImperativeHandle | null>>;
  onCollapsed: (panel: SidePanel, collapsed: boolean) => void;
  sizes: PanelSizes | undefined;
};

/** `sizes`: as they were left the last time. */
export function usePanels(sizes: PanelSizes | undefined): PanelsState {
  const [collapsed, setCollapsed] = useState({
    bins: sizes?.bins === 0,
    list: sizes?.list === 0,
  });
  const bins = useRef<PanelImperativeHandle>(null);
  const list = useRef<PanelImperativeHandle>(null);
  const refs = { bins, list };
  return {
    collapsed,
    refs,
    sizes,
    onCollapsed: (panel, now) =>
      setCollapsed((before) => (before[panel] === now ? before : { ...before, [panel]: now })),
    toggle(panel) {
      const handle = refs[panel].current;
      if (handle?.isCollapsed()) handle.expand();
      else handle?.collapse();
    },
  };
}

type PanelsProps = {
  state: PanelsState;
  /** What a screen that has room for one shows. */
  pane: "list" | "detail";
  bins: ReactNode;
  list: ReactNode;
  detail: ReactNode;
};

/** Bins, list and detail side by side, each as wide as one likes; on a phone one at a time. */
export function Panels({ state, pane, bins, list, detail }: PanelsProps) {
  const { sizes, refs, collapsed, onCollapsed } = state;
  const roomForTwo = useMedia("(min-width: 48rem)", true);
  const roomForThree = useMedia("(min-width: 64rem)", true);

  function save(layout: Layout) {
    if (!roomForThree) return;
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
    document.cookie = panelCookie({
      bins: layout[IDS.bins] ?? 0,
      list: layout[IDS.list] ?? 0,
      detail: layout[IDS.detail] ?? 0,
    });
  }

  return (
    <Group
      id="panels"
      data-pane={pane}
      disabled={!roomForTwo}
      defaultLayout={
        sizes && { [IDS.bins]: sizes.bins, [IDS.list]: sizes.list, [IDS.detail]: sizes.detail }
      }
      onLayoutChanged={save}
      resizeTargetMinimumSize={{ coarse: 32, fine: 8 }}
    >
      {roomForThree && (
        <>
          <Panel
            id={IDS.bins}
            panelRef={refs.bins}
            collapsible
            defaultSize={sizes?.bins === 0 ? 0 : 216}
            minSize={160}
            maxSize={360}
            groupResizeBehavior="preserve-pixel-size"
            onResize={({ inPixels }) => onCollapsed("bins", inPixels === 0)}
            className="flex flex-col"
          >
            {!collapsed.bins && bins}
          </Panel>
          <Handle label="Width of the bins" />
        </>
      )}
      <Panel
        id={IDS.list}
        panelRef={refs.list}
        collapsible={roomForTwo}
        defaultSize={sizes?.list === 0 ? 0 : 372}
        minSize={roomForTwo ? 260 : 0}
        groupResizeBehavior="preserve-pixel-size"
        onResize={({ inPixels }) => onCollapsed("list", inPixels === 0)}
        className="flex flex-col"
      >
        {(!collapsed.list || !roomForTwo) && list}
      </Panel>
      <Handle label="Width of the list" />
      <Panel id={IDS.detail} minSize={roomForTwo ? 340 : 0} className="flex flex-col">
        {detail}
      </Panel>
    </Group>
  );
}

/** A hairline that is easy to take hold of: the library makes its target wider than it looks. */
function Handle({ label }: { label: string }) {
  return (
    <Separator
      aria-label={label}
      className="relative w-px bg-line outline-none transition-colors after:absolute after:inset-y-0 after:-left-px after:z-20 after:w-[3px] after:bg-transparent after:transition-colors hover:after:bg-line-strong focus-visible:after:bg-accent data-[separator=active]:after:bg-accent"
    />
  );
}
