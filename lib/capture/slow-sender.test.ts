import { describe, expect, test } from "vitest";
import { BIN_ID, startCaptureServer } from "../testing/capture-server.ts";
import { connectRaw } from "../testing/raw-sender.ts";

/** Node looks for late requests at this interval; the real limits are 20 and 120 seconds. */
const IMPATIENT = { headersTimeout: 200, requestTimeout: 200, connectionsCheckingInterval: 50 };

describe("a sender that is too slow", () => {
  test("with its body is answered 408, and what came is kept as a capture", async () => {
    const { port, stored } = await startCaptureServer({ http: IMPATIENT });
    const sender = await connectRaw(port);
    await sender.write(`PUT /in/${BIN_ID}/slow HTTP/1.1\r\nContent-Length: 10\r\n\r\nhalf`);
    const { status, headers } = await sender.answer();
    expect(status).toBe(408);
    expect(stored).toMatchObject([
      { method: "PUT", path: "/slow", problem: "timeout", declaredSize: 10, truncated: false },
    ]);
    expect(Buffer.from(stored[0]!.body).toString()).toBe("half");
    expect(headers.get("inlet-capture")).toBe(stored[0]!.id);
  });

  test("with its head is answered 408: no bin is known to keep it", async () => {
    const { port, stored } = await startCaptureServer({ http: IMPATIENT });
    const sender = await connectRaw(port);
    await sender.write(`GET /in/${BIN_ID} HTTP/1.1\r\nHost: local`);
    expect((await sender.answer()).status).toBe(408);
    expect(stored).toEqual([]);
  });
});
