import { TriangleAlert } from "lucide-react";
import type { FetchPlan } from "#components/browser-send/plan-fetch.ts";
import { TargetConsent } from "#components/browser-send/target-consent.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { Section } from "#components/ui/section.tsx";

/** What the browser will do with the request, before it does it. */
export function FetchPlanNotes({ plan }: { plan: FetchPlan }) {
  const { impossible, preflight, mixed, local } = plan;
  const asks = preflight.length > 0;
  return (
    <Section title="What your browser will do">
      <div className="flex flex-col gap-2 rounded-md border bg-subtle px-3 py-2 text-muted text-sm [overflow-wrap:anywhere]">
        {impossible !== null ? (
          <p role="alert" className="flex gap-2 text-red">
            <TriangleAlert className="mt-0.5 size-4 shrink-0" aria-hidden />
            <Exact text={impossible} />
          </p>
        ) : asks ? (
          <p>
            It asks first, with an OPTIONS request (preflight), because of{" "}
            <Exact text={preflight.join(", and ")} />. Unless the target allows it, the request
            itself is not sent.
          </p>
        ) : (
          <p>
            It sends the request at once. Whether you may see the answer, the target decides with
            its headers (CORS).
          </p>
        )}
        {mixed && (
          <p className="text-amber">
            This page came over https, and browsers block http from it, except to localhost and in
            some browsers to private addresses. If it fails, use an https URL or localhost.
          </p>
        )}
        {local && !mixed && (
          <p>The browser may ask you whether Inlet may reach your device or network: allow it.</p>
        )}
        <p>
          Not exactly what came: the browser adds headers of its own, joins repeated ones, and sends
          no trailers and no cookies. What comes back is shown here only and not kept.
        </p>
        {impossible === null && (
          <details>
            <summary className="cursor-pointer rounded pointer-coarse:py-2">
              What the target has to answer
            </summary>
            <TargetConsent plan={plan} />
          </details>
        )}
      </div>
    </Section>
  );
}
