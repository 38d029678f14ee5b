import type { ReactNode } from "react";
import { sharedCapturePath } from "#components/api/shares.ts";
import { shortType } from "#components/body/body-kind.ts";
import { Facts } from "#components/capture/facts.tsx";
import { HeaderSection } from "#components/capture/header-section.tsx";
import { ProblemNotice } from "#components/capture/problem-notice.tsx";
import { QuerySection } from "#components/capture/query-section.tsx";
import { RequestLine } from "#components/capture/request-line.tsx";
import { DownloadLink } from "#components/share/download-link.tsx";
import { formatJson } from "#components/share/json-format.ts";
import { JsonView } from "#components/share/json-view.tsx";
import { SharedBodyViews } from "#components/share/shared-body-views.tsx";
import { TextBlock } from "#components/share/text-block.tsx";
import { Added } from "#components/ui/added.tsx";
import { Section } from "#components/ui/section.tsx";
import type { Capture } from "#lib/contract/capture.ts";

/** Characters that the server writes into the page; all of it can be downloaded. */
const SHOWN_MAX = 128 * 1024;
/** `REDACTED` of the contract, whose module would bring zod into the browser. */
const HIDDEN = "[redacted]";

type SharedCaptureProps = {
  capture: Capture;
  /** The secret of the link, by which its bytes can be had; null in a preview. */
  secret: string | null;
  /** What can be done with it. */
  actions?: ReactNode;
};

/** A capture for reading alone, in HTML that needs no script. */
export function SharedCapture({ capture, secret, actions }: SharedCaptureProps) {
  const isRequest = capture.problem !== "malformed";
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <div className="flex flex-col gap-4">
        {secret !== null && <h2 className="font-semibold text-base">Capture #{capture.seq}</h2>}
        <RequestLine capture={capture} />
        <ProblemNotice capture={capture} />
        <Facts capture={capture} />
        {actions}
      </div>
      {capture.query !== null && <QuerySection query={capture.query} />}
      {isRequest && <HeaderSection title="Headers" headers={capture.headers} />}
      <SharedBody
        capture={capture}
        path={secret === null ? null : sharedCapturePath(secret, capture.id)}
      />
      {capture.trailers.length > 0 && <HeaderSection title="Trailers" headers={capture.trailers} />}
    </div>
  );
}

type SharedBodyProps = { capture: Capture; path: string | null };

function SharedBody({ capture, path }: SharedBodyProps) {
  const isRequest = capture.problem !== "malformed";
  const encodings = capture.headers.filter(([name]) => name.toLowerCase() === "content-encoding");
  // In place of bytes that could not be looked into: they are no image any more, nor compressed.
  const isHidden = capture.text === HIDDEN;
  const plain = <PlainBody capture={capture} path={path} />;
  return (
    <Section
      title={isRequest ? "Body" : "The bytes as they came"}
      actions={path !== null && <DownloadLink href={`/api/v1${path}/http`} label="Whole request" />}
    >
      {isHidden && (
        <p className="mb-2 text-muted text-sm">
          This body is hidden whole: by choice, because it is compressed or in an encoding that
          secrets cannot be found in, or because looking for them took too long.
        </p>
      )}
      {path === null || capture.bodySize === 0 || isHidden ? (
        plain
      ) : (
        <SharedBodyViews
          key={capture.id}
          path={path}
          contentType={capture.contentType}
          contentEncoding={
            isRequest && encodings.length > 0
              ? encodings.map(([, value]) => value).join(", ")
              : null
          }
          name={`capture-${capture.seq}.bin`}
        >
          {plain}
        </SharedBodyViews>
      )}
    </Section>
  );
}

/** The body as far as HTML alone can show it. */
function PlainBody({ capture, path }: SharedBodyProps) {
  const { text, bodySize } = capture;
  if (bodySize === 0) return <p className="text-faint text-sm">No body was sent.</p>;
  const json = text === null ? null : formatJson(text, SHOWN_MAX);
  const isCut = text !== null && (json ? !json.complete : text.length > SHOWN_MAX);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {path !== null && (
        <div className="flex items-center justify-end gap-2">
          {json && <Added>indented</Added>}
          <DownloadLink href={`/api/v1${path}/body`} label="Download" />
        </div>
      )}
      {text === null ? (
        <p className="text-muted text-sm">
          {shortType(capture.contentType) ?? "Bytes"} that cannot be shown as text here. Download
          the body to look at it.
        </p>
      ) : (
        <div className="overflow-x-auto rounded-md border px-3 py-2">
          {json ? <JsonView tokens={json.tokens} /> : <TextBlock text={text.slice(0, SHOWN_MAX)} />}
        </div>
      )}
      {isCut && (
        <p className="text-faint text-xs">
          Only the beginning is shown. Download the body for all of it.
        </p>
      )}
    </div>
  );
}
