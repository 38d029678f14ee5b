/** A webhook like those of the field: 1 KiB of JSON, 12 headers. */
export function webhookRequest(path: string): Buffer {
  const body = JSON.stringify({ id: "evt_1", type: "invoice.paid", data: "x".repeat(970) }).padEnd(
    1024,
  );
  const headers = [
    "Host: hooks.example.com",
    "User-Agent: Example-Hooks/1.0",
    "Accept: */*",
    "Content-Type: application/json; charset=utf-8",
    `Content-Length: ${body.length}`,
    "X-Example-Event: invoice.paid",
    "X-Example-Delivery: 72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "X-Example-Hook-Id: 292430182",
    "X-Example-Signature: t=1700000000,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e77a0e56ff536d0ce8e108d8bd",
    "X-Request-Id: 01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f",
    "Accept-Encoding: gzip, deflate, br",
    "Connection: keep-alive",
  ];
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n${body}`);
}
