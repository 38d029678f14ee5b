export type Webhook = { path: string; headers: Record<string, string>; body: string };

/** A webhook like those of the field: 1 KiB of JSON; with Host and Content-Length, 12 headers. */
export function webhook(path: string): Webhook {
  const event = { id: "evt_1", type: "invoice.paid", data: "x".repeat(970) };
  return {
    path,
    body: JSON.stringify(event).padEnd(1024),
    headers: {
      "User-Agent": "Example-Hooks/1.0",
      Accept: "*/*",
      "Content-Type": "application/json; charset=utf-8",
      "X-Example-Event": "invoice.paid",
      "X-Example-Delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
      "X-Example-Hook-Id": "292430182",
      "X-Example-Signature":
        "t=1700000000,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd",
      "X-Request-Id": "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f",
      "Accept-Encoding": "gzip, deflate, br",
      Connection: "keep-alive",
    },
  };
}
