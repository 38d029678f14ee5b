"use client";

import { deferred } from "#components/body/deferred.tsx";

/** The body viewer, and its code only when there is a body to show. */
export const DeferredBodyViewer = deferred(
  async () => (await import("#components/body/body-viewer.tsx")).BodyViewer,
);
