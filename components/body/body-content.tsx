"use client";

import type { BodyView } from "#components/body/body-kind.ts";
import { BytesView } from "#components/body/bytes-view.tsx";
import { decodePairs } from "#components/body/decode-pairs.ts";
import { Frame } from "#components/body/frame.tsx";
import type { FormattedJson } from "#components/body/json-format.ts";
import { JsonView } from "#components/body/json-view.tsx";
import { ShownLimit } from "#components/body/shown-limit.tsx";
import { TextBlock } from "#components/body/text-block.tsx";
import { PairTable } from "#components/ui/pair-table.tsx";
import type { Capture } from "#lib/contract/capture.ts";

type BodyContentProps = {
  capture: Capture;
  view: BodyView;
  json: FormattedJson | null;
  /** Characters to show. */
  limit: number;
  onShowAll: (() => void) | null;
};

export function BodyContent({ capture, view, json, limit, onShowAll }: BodyContentProps) {
  const { id, text, contentType, bodySize } = capture;
  const rest = <ShownLimit shown={limit} total={bodySize} onShowMore={onShowAll} />;

  if (view === "json" && json) {
    return (
      <Frame footer={!json.complete && rest}>
        <JsonView tokens={json.tokens} />
      </Frame>
    );
  }
  if (view === "form" && text !== null) return <PairTable pairs={decodePairs(text)} />;
  if (view === "text" && text !== null) {
    return (
      <Frame footer={text.length > limit && rest}>
        <TextBlock text={text.slice(0, limit)} />
      </Frame>
    );
  }
  return (
    <BytesView
      key={view}
      id={id}
      kind="body"
      view={view === "hex" ? "hex" : "text"}
      contentType={contentType}
      total={bodySize}
    />
  );
}
