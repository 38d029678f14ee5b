"use client";

import { type ComponentType, type ReactNode, useEffect, useState } from "react";
import { loadSharedBody } from "#components/api/shares.ts";
import type { BodySource } from "#components/body/body-source.ts";
import type { BodyViewerProps } from "#components/body/body-viewer.tsx";

type SharedBodyViewsProps = {
  /** Of the capture, below the API's root. */
  path: string;
  contentType: string | null;
  contentEncoding: string | null;
  name: string;
  /** How the server wrote the body. */
  children: ReactNode;
};

type Loaded = { Viewer: ComponentType<BodyViewerProps>; source: BodySource };

/**
 * The views of the dashboard over the bytes that the link gives. What the server wrote stays until
 * they are there, and where they do not come.
 */
export function SharedBodyViews(props: SharedBodyViewsProps) {
  const { path, contentType, contentEncoding, name, children } = props;
  const [loaded, setLoaded] = useState<Loaded | null>(null);

  useEffect(() => {
    const abort = new AbortController();
    const load = async () => {
      const [{ BodyViewer }, bytes] = await Promise.all([
        import("#components/body/body-viewer.tsx"),
        loadSharedBody(path, abort.signal),
      ]);
      if (abort.signal.aborted) return;
      setLoaded({ Viewer: BodyViewer, source: { href: `/api/v1${path}/body`, bytes } });
    };
    load().catch(() => {
      // The page can be read as it is.
    });
    return () => abort.abort();
  }, [path]);

  if (!loaded) return children;
  return (
    <loaded.Viewer
      source={loaded.source}
      contentType={contentType}
      contentEncoding={contentEncoding}
      name={name}
    />
  );
}
