"use client";

import { useMemo, useState } from "react";
import { bytesUrl } from "#components/api/captures.ts";
import { BodyContent } from "#components/body/body-content.tsx";
import { type BodyView, bodyViews, preferredView } from "#components/body/body-kind.ts";
import { DownloadLink } from "#components/body/download-link.tsx";
import { formatJson } from "#components/body/json-format.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { Section } from "#components/ui/section.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { Capture } from "#lib/contract/capture.ts";

const LABELS: Record<BodyView, string> = { json: "JSON", form: "Form", text: "Text", hex: "Hex" };

/** What Inlet does to the bytes in these views. */
const ADDED: Partial<Record<BodyView, string>> = { json: "indented", form: "decoded" };

/** Characters to begin with: laying out more at once is noticed. */
const FIRST_CHARACTERS = 256 * 1024;

export function BodySection({ capture }: { capture: Capture }) {
  if (capture.bodySize > 0) return <Body capture={capture} />;
  return (
    <Section title="Body">
      <p className="text-faint text-sm">No body was sent.</p>
    </Section>
  );
}

function Body({ capture }: { capture: Capture }) {
  const { id, text, contentType } = capture;
  const [limit, setLimit] = useState(FIRST_CHARACTERS);
  const [chosen, setChosen] = useState<BodyView | null>(null);
  const json = useMemo(() => (text === null ? null : formatJson(text, limit)), [text, limit]);
  const facts = { contentType, text, isJson: json !== null };
  const view = chosen ?? preferredView(facts);

  return (
    <Section
      title={capture.problem === "malformed" ? "The bytes as they came" : "Body"}
      added={ADDED[view]}
    >
      <Tabs
        label="How to show the body"
        value={view}
        onValueChange={setChosen}
        tabs={bodyViews(facts).map((value) => ({ value, label: LABELS[value] }))}
        actions={
          <div className="flex items-center gap-1">
            {text !== null && <CopyButton text={text} label="Copy the body as sent" />}
            <DownloadLink href={bytesUrl(id, "body")} label="Download" />
          </div>
        }
      >
        <BodyContent
          capture={capture}
          view={view}
          json={json}
          limit={limit}
          onShowAll={limit === FIRST_CHARACTERS ? () => setLimit(Number.POSITIVE_INFINITY) : null}
        />
      </Tabs>
    </Section>
  );
}
