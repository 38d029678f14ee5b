import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { inParallel } from "../testing/load.ts";
import { startServer, type TestServer } from "../testing/server.ts";

type Webhook = { name: string; examples: unknown[] };

/** Those of github.com and of every GitHub Enterprise that the package knows. */
function everyPayload() {
  const main = createRequire(import.meta.url).resolve("@octokit/webhooks-examples");
  const folder = dirname(dirname(main));
  const files = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? [join(folder, entry.name, "index.json")] : [],
  );
  const webhooks = files.flatMap((file) => JSON.parse(readFileSync(file, "utf8")) as Webhook[]);
  return webhooks.flatMap(({ name, examples }) =>
    examples.map((example) => ({ name, body: Buffer.from(JSON.stringify(example)) })),
  );
}

const WIDTH = 16;
const payloads = everyPayload();

describe.each(PROVIDERS)("GitHub's webhooks on %s", (provider) => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer({ DATABASE_URL: await newDatabaseUrl(provider) });
  });
  afterAll(() => server?.stop());

  test("come back byte for byte", async () => {
    expect(payloads.length).toBeGreaterThan(700);
    const bin = await server.createBin();
    const ids = await inParallel(payloads, WIDTH, async ({ name, body }) => {
      const response = await fetch(`${server.url}/in/${bin.id}/github`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-GitHub-Event": name },
        body,
      });
      expect(response.status).toBe(200);
      return response.headers.get("inlet-capture")!;
    });
    await inParallel(payloads, WIDTH, async ({ name, body }, i) => {
      expect((await bin.body(ids[i]!)).equals(body), name).toBe(true);
    });
    const stored = await bin.all();
    expect(new Set(stored.map(({ id }) => id))).toEqual(new Set(ids));
    expect(stored.map(({ seq }) => seq)).toEqual(payloads.map((_, i) => i + 1));
  });
});
