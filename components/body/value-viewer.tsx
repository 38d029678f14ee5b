"use client";

import { useMemo } from "react";
import { DeferredBodyViewer } from "#components/body/deferred-body-viewer.ts";

type ValueViewerProps = { value: string; name: string; contentType?: string | null };

/** A text from inside of a body in a viewer of its own: JSON in a string, a form's field. */
export function ValueViewer({ value, name, contentType = null }: ValueViewerProps) {
  const source = useMemo(() => ({ bytes: new TextEncoder().encode(value) }), [value]);
  return (
    <DeferredBodyViewer
      source={source}
      contentType={contentType}
      contentEncoding={null}
      name={name}
    />
  );
}
