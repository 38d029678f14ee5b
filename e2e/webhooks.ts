import { createHash } from "node:crypto";
import { connectRaw, exchange, type RawResponse } from "#lib/testing/raw-http.ts";
import type { TestServer } from "#lib/testing/server.ts";

export type Webhook = {
  method?: string;
  path: string;
  headers: (readonly [name: string, value: string])[];
  body?: string;
};

const STRIPE = [
  ["User-Agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)"],
  ["Accept", "*/*; q=0.5, application/xml"],
  ["Cache-Control", "no-cache"],
  ["Content-Type", "application/json; charset=utf-8"],
] as const;

type StripeObject = Record<string, unknown>;

let serial = 0;

/** An identifier of Stripe's form that is the same in every run. */
function stripeId(prefix: string): string {
  serial += 1;
  const tail = ((serial * 7_919_113) % 36 ** 5).toString(36).toUpperCase().padStart(5, "0");
  return `${prefix}_1Sm4KqLkdIwHu7ix${tail}`;
}

function stripe(type: string, object: StripeObject, path = "/stripe"): Webhook {
  const event = {
    id: stripeId("evt"),
    object: "event",
    api_version: "2025-10-29.clover",
    created: Math.floor(Date.now() / 1000),
    data: { object },
    livemode: false,
    pending_webhooks: 1,
    request: { id: null, idempotency_key: null },
    type,
  };
  const signature = hash(event.id);
  return {
    path,
    headers: [...STRIPE, ["Stripe-Signature", `t=${event.created},v1=${signature}`]],
    body: JSON.stringify(event, null, 2),
  };
}

/** Looks as a signature does. */
function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function github(event: string, payload: Record<string, unknown>): Webhook {
  const repository = { id: 823_911_204, full_name: "acme/storefront", private: true };
  return {
    path: `/github/storefront?event=${event}`,
    headers: [
      ["User-Agent", "GitHub-Hookshot/2f6c1e0"],
      ["Accept", "*/*"],
      ["Content-Type", "application/json"],
      ["X-GitHub-Event", event],
      ["X-Hub-Signature-256", `sha256=${hash(event)}`],
    ],
    body: JSON.stringify({ ...payload, repository, sender: { login: "mira-k", id: 5_120_744 } }),
  };
}

const CHECKOUT = {
  id: "cs_test_a1fY0xq8NbvM2",
  object: "checkout.session",
  amount_subtotal: 4900,
  amount_total: 5831,
  currency: "eur",
  customer: "cus_TjR4wq0PzLm8Yd",
  customer_details: { email: "jenny.rosen@example.com", name: "Jenny Rosen", phone: null },
  metadata: { order_id: "6735" },
  mode: "payment",
  payment_intent: "pi_3Sm4KqLkdIwHu7ix0gT5bVnC",
  payment_status: "paid",
  status: "complete",
};

/** What a shop's test bin could get in a few minutes, oldest first. */
export const WEBHOOKS: Webhook[] = [
  {
    method: "GET",
    path: "/stripe?challenge=7b1f0c2e&mode=verify",
    headers: [["User-Agent", "curl/8.14.1"]],
  },
  stripe(
    "customer.created",
    { id: CHECKOUT.customer, object: "customer", name: "Jenny Rosen" },
    "/stripe/billing",
  ),
  github("ping", { zen: "Keep it logically awesome.", hook_id: 512_874_409 }),
  stripe("payment_intent.created", { id: CHECKOUT.payment_intent, amount: 5831, currency: "eur" }),
  {
    method: "PUT",
    path: "/devices/meter-7/readings",
    headers: [
      ["User-Agent", "ESP32HTTPClient"],
      ["Content-Type", "application/octet-stream"],
    ],
    body: "\x01\x9c\x00\x42\x7f\xff\x10\x00\xa4\x03\x00\x00",
  },
  stripe("charge.succeeded", {
    id: "ch_3Sm4KqLkdIwHu7ix0dQ2",
    amount: 5831,
    outcome: { network_status: "approved_by_network", risk_level: "normal", risk_score: 12 },
  }),
  {
    path: "/twilio/status",
    headers: [
      ["User-Agent", "TwilioProxy/1.1"],
      ["Content-Type", "application/x-www-form-urlencoded; charset=utf-8"],
    ],
    body: "MessageSid=SM6b0f1c&MessageStatus=delivered&To=%2B15005550006&ErrorCode=",
  },
  github("push", { ref: "refs/heads/main", after: "6113728f27ae82c7b1a177c8d03f9e96e0adf246" }),
  stripe("checkout.session.completed", CHECKOUT),
  {
    method: "PATCH",
    path: "/crm/contacts/8812",
    headers: [
      ["User-Agent", "python-requests/2.32.5"],
      ["Content-Type", "application/merge-patch+json"],
    ],
    body: '{"stage":"customer","score":87}',
  },
  stripe(
    "invoice.paid",
    { id: "in_1Sm4KqLkdIwHu7ixR8", object: "invoice", amount_paid: 5831 },
    "/stripe/billing",
  ),
  github("pull_request", { action: "opened", number: 418 }),
  {
    method: "DELETE",
    path: "/crm/contacts/8790",
    headers: [["User-Agent", "python-requests/2.32.5"]],
  },
];

function requestOf(binId: string, webhook: Webhook): Buffer {
  const { method = "POST", path, headers, body = "" } = webhook;
  const lines = [["Host", "inlet.example.com"], ...headers];
  if (body !== "") lines.push(["Content-Length", String(body.length)]);
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.from(`${method} /in/${binId}${path} HTTP/1.1\r\n${head}\r\n${body}`, "latin1");
}

/** Sends it with its headers in their own order and case, as no HTTP library would. */
export function sendWebhook(
  server: TestServer,
  binId: string,
  webhook: Webhook,
): Promise<RawResponse> {
  return exchange(server.port, requestOf(binId, webhook));
}

/** A sender that announces more than it sends before it gives up. */
export async function sendBrokenOff(server: TestServer, binId: string): Promise<RawResponse> {
  const connection = await connectRaw(server.port);
  const head = [
    `POST /in/${binId}/devices/meter-7/log HTTP/1.1`,
    "Host: inlet.example.com",
    "User-Agent: ESP32HTTPClient",
    "Content-Type: text/csv",
    "Content-Length: 2048",
  ];
  connection.send(`${head.join("\r\n")}\r\n\r\ntime,watt\n10:00,412\n10:`);
  connection.socket.end();
  return connection.response();
}
