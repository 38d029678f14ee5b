"use client";

import { useMemo } from "react";
import { Frame } from "#components/body/frame.tsx";
import { Loading } from "#components/body/loading.tsx";
import type { OpenedBody } from "#components/body/open-body.ts";
import { pageNonce, previewDocument } from "#components/body/preview-document.ts";
import { useAnswer } from "#components/body/use-answer.ts";

/** The browser lays a preview out on the page's own thread: a long one would freeze it. */
const MAX_CHARACTERS = 1024 * 1024;

/** How HTML looks, without scripts and without what it would load. */
export function PreviewView({ body }: { body: OpenedBody }) {
  const { value: text, error } = useAnswer(body, "text");
  const page = useMemo(
    () => (text === undefined ? null : previewDocument(text.slice(0, MAX_CHARACTERS), pageNonce())),
    [text],
  );
  if (error) return <Loading error={error} />;
  if (text === undefined || page === null) return <Loading />;
  return (
    <Frame
      footer={
        text.length > MAX_CHARACTERS
          ? "Scripts, links and everything from the network are left out, and all after the first 1 MiB."
          : "Scripts, links and everything from the network are left out."
      }
    >
      <iframe
        title="Preview of the HTML"
        sandbox=""
        srcDoc={page}
        referrerPolicy="no-referrer"
        className="block h-[60dvh] w-full bg-white"
      />
    </Frame>
  );
}
