import { shortType } from "#components/body/body-kind.ts";
import { Facts } from "#components/capture/facts.tsx";
import { HeaderSection } from "#components/capture/header-section.tsx";
import { ProblemNotice } from "#components/capture/problem-notice.tsx";
import { QuerySection } from "#components/capture/query-section.tsx";
import { RequestLine } from "#components/capture/request-line.tsx";
import { DownloadLink } from "#components/share/download-link.tsx";
import { formatJson } from "#components/share/json-format.ts";
import { JsonView } from "#components/share/json-view.tsx";
import { TextBlock } from "#components/share/text-block.tsx";
import { Section } from "#components/ui/section.tsx";
import type { Capture } from "#lib/contract/capture.ts";

/** Characters that the server writes into the page; all of it can be downloaded. */
const SHOWN_MAX = 128 * 1024;

type SharedCaptureProps = {
  capture: Capture;
  /** Where its bytes can be downloaded; null in a preview. */
  apiPath: string | null;
};

/** A capture for reading alone, in HTML that needs no script. */
export function SharedCapture({ capture, apiPath }: SharedCaptureProps) {
  const isRequest = capture.problem !== "malformed";
  return (
    <div className="flex min-w-0 flex-col gap-6">
      <div className="flex flex-col gap-4">
        <RequestLine capture={capture} />
        <ProblemNotice capture={capture} />
        <Facts capture={capture} />
      </div>
      {capture.query !== null && <QuerySection query={capture.query} />}
      {isRequest && <HeaderSection title="Headers" headers={capture.headers} />}
      <SharedBody capture={capture} apiPath={apiPath} />
      {capture.trailers.length > 0 && <HeaderSection title="Trailers" headers={capture.trailers} />}
    </div>
  );
}

function SharedBody({ capture, apiPath }: SharedCaptureProps) {
  const { text, bodySize } = capture;
  const json = text === null ? null : formatJson(text, SHOWN_MAX);
  const isCut = text !== null && (json ? !json.complete : text.length > SHOWN_MAX);
  return (
    <Section
      title={capture.problem === "malformed" ? "The bytes as they came" : "Body"}
      added={json && bodySize > 0 ? "indented" : undefined}
      actions={
        apiPath !== null && (
          <>
            {bodySize > 0 && <DownloadLink href={`${apiPath}/body`} label="Download" />}
            <DownloadLink href={`${apiPath}/http`} label="Whole request" />
          </>
        )
      }
    >
      {bodySize === 0 ? (
        <p className="text-faint text-sm">No body was sent.</p>
      ) : text === null ? (
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
    </Section>
  );
}
