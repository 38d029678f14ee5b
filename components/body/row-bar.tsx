"use client";

import { X } from "lucide-react";
import { useState } from "react";
import type { OutlineView } from "#components/body/body-document.ts";
import { jsonPath } from "#components/body/json-path.ts";
import { insightOf } from "#components/body/json-row.tsx";
import type { Outline } from "#components/body/outline.ts";
import { ValueViewer } from "#components/body/value-viewer.tsx";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { LongExact } from "#components/ui/long-exact.tsx";
import { InsightDetails } from "#components/values/insight-details.tsx";

type RowBarProps = {
  view: OutlineView;
  text: string;
  outline: Outline;
  row: number;
  onClose: () => void;
};

/** A string of fewer characters says no more in a viewer of its own. */
const WORTH_OPENING = 80;
const MAX_READ = 4_000;

/** What can be done with the row that was chosen, and what Inlet reads in it. */
export function RowBar({ view, text, outline, row, onClose }: RowBarProps) {
  const [opened, setOpened] = useState(false);
  const opener = Math.min(row, outline.partner[row]!);
  const from = outline.value[opener]!;
  const end = outline.end[opener]!;
  const isJson = view !== "xml";
  const path = isJson ? jsonPath(text, outline, row) : null;
  const insight = isJson && end - from <= MAX_READ ? insightOf(text.slice(from, end)) : null;
  const canOpen = isJson && text[from] === '"' && end - from >= WORTH_OPENING;
  return (
    <div className="sticky bottom-0 border-t bg-canvas">
      <div className="flex flex-wrap items-center gap-x-1 gap-y-0.5 py-1 pr-1.5 pl-3">
        <p className="as-sent mr-auto min-w-0 text-muted text-xs leading-5">
          {path === null ? "Chosen line" : <LongExact text={path} />}
        </p>
        <div className="flex items-center gap-1">
          {canOpen && (
            <Button
              variant="ghost"
              size="sm"
              onClick={() => setOpened(!opened)}
              aria-expanded={opened}
            >
              {opened ? "Close the string" : "Open the string"}
            </Button>
          )}
          {path !== null && <SmallCopy text={path} label="Copy path" />}
          <SmallCopy
            text={() => text.slice(from, end)}
            label={isJson ? "Copy value" : "Copy source"}
          />
          <Button variant="ghost" size="iconSmall" aria-label="Choose no line" onClick={onClose}>
            <X aria-hidden />
          </Button>
        </div>
      </div>
      {insight && (
        <div className="border-t border-dashed px-3 py-2 text-xs">
          <InsightDetails insight={insight} />
        </div>
      )}
      {opened && (
        <div className="max-h-[60dvh] overflow-y-auto border-t p-3">
          <ValueViewer value={JSON.parse(text.slice(from, end)) as string} name={path ?? "value"} />
        </div>
      )}
    </div>
  );
}

function SmallCopy({ text, label }: { text: string | (() => string); label: string }) {
  return (
    <CopyButton
      text={text}
      label={label}
      caption={label.replace("Copy ", "")}
      variant="ghost"
      className="h-7 px-2 text-xs"
    />
  );
}
