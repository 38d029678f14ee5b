import { Method } from "#components/captures/method.tsx";

const HEADERS = [
  ["Host", "inlet.example"],
  ["User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"],
  ["Content-Type", "application/json; charset=utf-8"],
  ["Stripe-Signature", "t=1772373731,v1=8f2c0b1d5e…"],
] as const;

const BODY = `{
  "id": "evt_1Qx7",
  "type": "checkout.session.completed",
  "created": 1772373731
}`;

/** What a captured request looks like, before there is one. */
export function ExampleCapture() {
  return (
    <figure className="overflow-hidden rounded-lg border">
      <figcaption className="flex items-center justify-between gap-3 border-b bg-subtle px-4 py-2 text-muted text-xs">
        <span>Example: a webhook, as it was sent</span>
        <span className="font-mono">#1 · {BODY.length} B</span>
      </figcaption>
      <div className="flex flex-col gap-3 p-4">
        <p className="as-sent text-sm">
          <Method method="POST" /> /in/k3v9q0w2m4x7z1a8b5c6/stripe{" "}
          <span className="text-faint">HTTP/1.1</span>
        </p>
        <dl className="as-sent grid gap-x-4 gap-y-0.5 text-xs sm:grid-cols-[auto_1fr]">
          {HEADERS.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="text-muted">{name}</dt>
              <dd className="mb-1 sm:mb-0">{value}</dd>
            </div>
          ))}
        </dl>
        <pre className="as-sent overflow-x-auto rounded-md border bg-subtle p-3 text-xs">
          {BODY}
        </pre>
      </div>
    </figure>
  );
}
