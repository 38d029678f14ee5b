"use client";

import { useEffect, useState } from "react";
import { Frame } from "#components/body/frame.tsx";
import { Loading } from "#components/body/loading.tsx";
import type { OpenedBody } from "#components/body/open-body.ts";
import { pageNonce, previewDocument } from "#components/body/preview-document.ts";
import { runPreview } from "#components/body/run-preview.ts";
import { useAnswer } from "#components/body/use-answer.ts";
import { Added } from "#components/ui/added.tsx";

/** The browser lays a preview out on the page's own thread: a long one would freeze it. */
const MAX_CHARACTERS = 1024 * 1024;

/** How HTML looks, without scripts and without what it would load. */
export function PreviewView({ body }: { body: OpenedBody }) {
  const { value: text, error } = useAnswer(body, "text");
  const preview = usePreview(text);
  if (error || preview.error) return <Loading error={error || preview.error} />;
  if (text === undefined || preview.page === null) return <Loading />;
  return (
    <Frame
      footer={
        <>
          <Added>Scripts, remote images and links are left out</Added>
          {text.length > MAX_CHARACTERS && " Of this long document the first 1 MiB is shown."}
        </>
      }
    >
      <iframe
        title="Preview of the HTML"
        sandbox=""
        srcDoc={preview.page}
        referrerPolicy="no-referrer"
        className="block h-[60dvh] w-full bg-white"
      />
    </Frame>
  );
}

type Preview = { page: string | null; error: unknown };

/** Cleaned in a worker: what a page parses with a policy of its own would be reported from it. */
function usePreview(text: string | undefined): Preview {
  const [preview, setPreview] = useState<Preview>({ page: null, error: null });
  useEffect(() => {
    if (text === undefined) return;
    const stop = new AbortController();
    runPreview(text.slice(0, MAX_CHARACTERS), stop.signal).then(
      (clean) => setPreview({ page: previewDocument(clean, pageNonce()), error: null }),
      (error) => !stop.signal.aborted && setPreview({ page: null, error }),
    );
    return () => stop.abort();
  }, [text]);
  return preview;
}
