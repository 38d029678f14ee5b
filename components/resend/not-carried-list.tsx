import { Exact } from "#components/ui/exact.tsx";
import { Section } from "#components/ui/section.tsx";
import type { DeliveryRequest, NotCarried } from "#lib/contract/delivery.ts";

const WHY: Record<NotCarried["why"], string> = {
  host: "the target's own",
  length: "the new body's own",
  hop_by_hop: "about the sender's connection",
  other_origin: "kept from another origin",
  no_body: "about the body, which the redirect took away",
};

type NotCarriedListProps = { attempt: number; request: DeliveryRequest };

/** Which headers the target did not get as they were captured. */
export function NotCarriedList({ attempt, request }: NotCarriedListProps) {
  const { notCarried, edited } = request;
  return (
    <Section title={`What was sent as #${attempt}`}>
      <p className="text-muted text-xs">
        {edited ? "An edited copy of the capture." : "The capture as it came."}{" "}
        {notCarried.length > 0 ? "These headers were not carried over:" : "Every header as it was."}
      </p>
      {notCarried.length > 0 && (
        <ul className="flex flex-col gap-1 text-xs [overflow-wrap:anywhere]">
          {notCarried.map(({ name, value, why, sent }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and names repeat
            <li key={index}>
              <span className="font-mono">
                <Exact text={`${name}: ${value}`} />
              </span>{" "}
              <span className="text-faint">
                {WHY[why]}
                {sent === null ? ", left out" : ", sent as "}
              </span>
              {sent !== null && (
                <span className="font-mono">
                  <Exact text={sent} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
