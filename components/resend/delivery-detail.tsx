"use client";

import { ArrowLeftRight, MonitorUp } from "lucide-react";
import { lazy, Suspense, useMemo } from "react";
import { loadResponse, responseUrl } from "#components/api/deliveries.ts";
import type { BodySource } from "#components/body/body-source.ts";
import { Loading } from "#components/body/loading.tsx";
import { HeaderSection } from "#components/capture/header-section.tsx";
import { commandRegistry } from "#components/commands/command-registry.ts";
import { DeliveryFailure } from "#components/resend/delivery-failure.tsx";
import { NotCarriedList } from "#components/resend/not-carried-list.tsx";
import { suggestsBrowser } from "#components/resend/suggests-browser.ts";
import { Waterfall } from "#components/resend/waterfall.tsx";
import { Button } from "#components/ui/button.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { Section } from "#components/ui/section.tsx";
import type { Delivery, DeliveryResponse } from "#lib/contract/delivery.ts";
import type { HeaderPair } from "#lib/contract/reply.ts";

const BodyViewer = lazy(async () => {
  const { BodyViewer: viewer } = await import("#components/body/body-viewer.tsx");
  return { default: viewer };
});

type DeliveryDetailProps = {
  delivery: Delivery;
  /** What it is compared with unless another is chosen. */
  previous: Delivery | null;
  onCompare: (left: Delivery, right: Delivery) => void;
};

export function DeliveryDetail({ delivery, previous, onCompare }: DeliveryDetailProps) {
  const { id, attempt, state, request, redirects, response, timings, error } = delivery;
  return (
    <div className="flex flex-col gap-5 border-t bg-canvas px-3 py-4">
      {error && (
        <DeliveryFailure error={error}>
          {suggestsBrowser(delivery) && <TryBrowser />}
        </DeliveryFailure>
      )}
      {previous && response && (
        <Button
          size="sm"
          className="self-start pointer-coarse:h-11"
          onClick={() => onCompare(previous, delivery)}
        >
          <ArrowLeftRight aria-hidden />
          Compare with #{previous.attempt}
        </Button>
      )}
      {previous && !response && state !== "pending" && (
        <p className="text-muted text-sm">Attempt #{attempt} has no response to compare.</p>
      )}
      {timings && <Waterfall timings={timings} />}
      {redirects.length > 0 && (
        <Section title={`Redirects followed by #${attempt}`} count={redirects.length}>
          <ol className="flex flex-col gap-1 font-mono text-xs [overflow-wrap:anywhere]">
            {redirects.map(({ status, to }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and URLs repeat
              <li key={index}>
                {status} → <Exact text={to} />
              </li>
            ))}
          </ol>
        </Section>
      )}
      {response && <Response id={id} attempt={attempt} response={response} />}
      <NotCarriedList attempt={attempt} request={request} />
    </div>
  );
}

function TryBrowser() {
  return (
    <div className="mt-2 flex flex-wrap items-center gap-2">
      <Button
        size="sm"
        className="pointer-coarse:h-11"
        onClick={() => commandRegistry.find("resend.browser")?.run()}
      >
        <MonitorUp aria-hidden />
        Send from my browser
      </Button>
      <span className="text-muted">It may reach what this server does not.</span>
    </div>
  );
}

const valuesOf = (headers: HeaderPair[], name: string) =>
  headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);

type ResponseProps = { id: string; attempt: number; response: DeliveryResponse };

function Response({ id, attempt, response }: ResponseProps) {
  const { headers, trailers, text, bodySize, truncated } = response;
  const source = useMemo<BodySource>(
    () =>
      text === null
        ? { href: responseUrl(id), size: bodySize, load: (signal) => loadResponse(id, signal) }
        : { href: responseUrl(id), bytes: new TextEncoder().encode(text) },
    [id, text, bodySize],
  );
  const encodings = valuesOf(headers, "content-encoding");
  return (
    <>
      <HeaderSection title={`Response #${attempt}: headers`} headers={headers} />
      <Section title={`Response #${attempt}: body`}>
        {truncated && (
          <p className="text-amber text-xs">
            This is the beginning of the body: it was longer than 1 MiB, or broke off.
          </p>
        )}
        {bodySize === 0 ? (
          <p className="text-faint text-sm">The response has no body.</p>
        ) : (
          <Suspense fallback={<Loading />}>
            <BodyViewer
              source={source}
              contentType={valuesOf(headers, "content-type")[0] ?? null}
              contentEncoding={encodings.length > 0 ? encodings.join(", ") : null}
              name={`response-${id}.bin`}
            />
          </Suspense>
        )}
      </Section>
      {trailers.length > 0 && (
        <HeaderSection title={`Response #${attempt}: trailers`} headers={trailers} />
      )}
    </>
  );
}
