import { createHash, randomBytes } from "node:crypto";
import { expect, onTestFinished, test } from "vitest";
import { newDatabaseUrl } from "../testing/databases.ts";
import { startServer } from "../testing/server.ts";

const MEBIBYTE = 1024 * 1024;

/** What `MAX_BODY_BYTES` may be at most: as much as the memory for all captures usually is. */
const LARGEST = 128 * MEBIBYTE;

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

test("a body as large as MAX_BODY_BYTES is stored, also where all captures together have no more memory", async () => {
  const server = await startServer({
    DATABASE_URL: await newDatabaseUrl("sqlite"),
    MAX_BODY_BYTES: String(LARGEST),
  });
  onTestFinished(async () => void (await server.stop()));
  const bin = await server.createBin();
  const body = randomBytes(LARGEST);
  const response = await fetch(`${server.url}/in/${bin.id}`, { method: "POST", body });
  expect(response.status).toBe(200);
  const id = response.headers.get("inlet-capture")!;
  expect(await bin.capture(id)).toMatchObject({ bodySize: body.byteLength, truncated: false });
  expect(sha256(await bin.body(id))).toBe(sha256(body));
});
