"use client";

import { useMemo } from "react";
import type { BodySource } from "#components/body/body-source.ts";
import { DeferredBodyViewer } from "#components/body/deferred-body-viewer.ts";
import { HeaderSection } from "#components/capture/header-section.tsx";
import { DeliveryFailure } from "#components/resend/delivery-failure.tsx";
import { describeOutcome } from "#components/resend/describe-outcome.ts";
import { Waterfall } from "#components/resend/waterfall.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { Section } from "#components/ui/section.tsx";
import type { SharedDelivery } from "#lib/contract/share.ts";

/** What came of sending on, for as long as the page is open. */
export function SharedDeliveryView({ delivery }: { delivery: SharedDelivery }) {
  const { method, url, response, timings, error, redirects } = delivery;
  return (
    <section
      aria-label="What came of it"
      className="flex min-w-0 flex-col gap-5 rounded-md border px-3 py-4"
    >
      <div className="flex flex-col gap-1 text-sm">
        <p role="status" className="font-medium [overflow-wrap:anywhere]">
          <Exact text={describeOutcome(delivery)} />
        </p>
        <p className="font-mono text-muted text-xs [overflow-wrap:anywhere]">
          <Exact text={`${method} ${url}`} />
        </p>
        {redirects.map(({ status, to }, index) => (
          <p
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and URLs repeat
            key={index}
            className="font-mono text-muted text-xs [overflow-wrap:anywhere]"
          >
            {status} → <Exact text={to} />
          </p>
        ))}
        <p className="text-faint text-xs">It is kept nowhere: it is gone when this page is left.</p>
      </div>
      {error && <DeliveryFailure error={error} />}
      {timings && <Waterfall timings={timings} />}
      {response && <Response id={delivery.id} response={response} />}
    </section>
  );
}

type Answer = NonNullable<SharedDelivery["response"]>;

function Response({ id, response }: { id: string; response: Answer }) {
  const { headers, trailers, text, base64, bodySize, truncated } = response;
  const source = useMemo<BodySource>(
    () => ({ bytes: base64 === null ? new TextEncoder().encode(text ?? "") : fromBase64(base64) }),
    [text, base64],
  );
  const valuesOf = (wanted: string) =>
    headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
  const encodings = valuesOf("content-encoding");
  return (
    <>
      <HeaderSection title="Response headers" headers={headers} />
      <Section title="Response body">
        {truncated && (
          <p className="text-amber text-xs">
            This is the beginning of the body: it was longer than 1 MiB, or broke off.
          </p>
        )}
        {bodySize === 0 ? (
          <p className="text-faint text-sm">The response has no body.</p>
        ) : (
          <DeferredBodyViewer
            source={source}
            contentType={valuesOf("content-type")[0] ?? null}
            contentEncoding={encodings.length > 0 ? encodings.join(", ") : null}
            name={`response-${id}.bin`}
          />
        )}
      </Section>
      {trailers.length > 0 && <HeaderSection title="Response trailers" headers={trailers} />}
    </>
  );
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
