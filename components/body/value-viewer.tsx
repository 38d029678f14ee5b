"use client";

import { lazy, Suspense, useMemo } from "react";
import { Loading } from "#components/body/loading.tsx";

/** The viewer holds this one: without a step between them they would wait for each other. */
const BodyViewer = lazy(() => import("#components/body/body-viewer.tsx"));

type ValueViewerProps = { value: string; name: string; contentType?: string | null };

/** A text from inside of a body in a viewer of its own: JSON in a string, a form's field. */
export function ValueViewer({ value, name, contentType = null }: ValueViewerProps) {
  const source = useMemo(() => ({ bytes: new TextEncoder().encode(value) }), [value]);
  return (
    <Suspense fallback={<Loading />}>
      <BodyViewer source={source} contentType={contentType} contentEncoding={null} name={name} />
    </Suspense>
  );
}
