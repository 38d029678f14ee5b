"use client";

import { useMemo } from "react";
import { bytesUrl } from "#components/api/captures.ts";
import { loadBytes } from "#components/api/read-bytes.ts";
import { type BodyView, isBodyView } from "#components/body/body-kind.ts";
import type { BodySource } from "#components/body/body-source.ts";
import { DeferredBodyViewer } from "#components/body/deferred-body-viewer.ts";
import { Section } from "#components/ui/section.tsx";
import type { Capture } from "#lib/contract/capture.ts";

type BodySectionProps = {
  capture: Capture;
  /** What the URL says. */
  view: string | null;
  onView: (view: BodyView | null) => void;
};

export function BodySection({ capture, view, onView }: BodySectionProps) {
  const source = useBodySource(capture);
  if (capture.bodySize === 0) {
    return (
      <Section title="Body">
        <p className="text-faint text-sm">No body was sent.</p>
      </Section>
    );
  }
  const isRequest = capture.problem !== "malformed";
  return (
    <Section title={isRequest ? "Body" : "The bytes as they came"}>
      <DeferredBodyViewer
        key={capture.id}
        source={source}
        contentType={capture.contentType}
        contentEncoding={isRequest ? encodingOf(capture) : null}
        name={`${capture.id}.bin`}
        view={isBodyView(view) ? view : null}
        onView={onView}
      />
    </Section>
  );
}

/** Its own text where it came along with it: that is valid UTF-8, and so gives back its bytes. */
function useBodySource({ id, text, bodySize }: Capture): BodySource {
  return useMemo(
    () =>
      text === null
        ? {
            href: bytesUrl(id, "body"),
            size: bodySize,
            load: (signal, onProgress) => loadBytes(id, "body", signal, onProgress),
          }
        : { href: bytesUrl(id, "body"), bytes: new TextEncoder().encode(text) },
    [id, text, bodySize],
  );
}

/** All lines of the header, as one list (RFC 9110 5.3). */
function encodingOf({ headers }: Capture): string | null {
  const values = headers
    .filter(([name]) => name.toLowerCase() === "content-encoding")
    .map(([, value]) => value);
  return values.length > 0 ? values.join(", ") : null;
}
