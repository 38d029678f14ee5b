import { afterAll, describe, expect, test } from "vitest";
import { newDatabaseUrl } from "../testing/databases.ts";
import { inParallel, loadUntilGone } from "../testing/load.ts";
import { freePort } from "../testing/postgres.ts";
import { startServer, type TestServer } from "../testing/server.ts";

const CONNECTIONS = 16;
const ACKNOWLEDGED = 300;

describe.each([
  { provider: "sqlite", kills: 5 },
  { provider: "postgresql", kills: 3 },
] as const)("a server on $provider that is killed under load", ({ provider, kills }) => {
  let server: TestServer | undefined;
  afterAll(() => server?.kill());

  test(`has every capture that it acknowledged, ${kills} times in a row`, async () => {
    // One port and one database for all rounds, so that the bin's client goes on working.
    const env = { DATABASE_URL: await newDatabaseUrl(provider), PORT: String(await freePort()) };
    server = await startServer(env);
    const bin = await server.createBin();
    const url = `${server.url}/in/${bin.id}`;
    const acknowledged = new Map<string, string>();

    for (let round = 1; round <= kills; round++) {
      const { pid } = server;
      let isKilled = false;
      const load = await loadUntilGone(url, CONNECTIONS, (count) => {
        if (count < ACKNOWLEDGED || isKilled) return;
        isKilled = true;
        process.kill(pid, "SIGKILL");
      });
      for (const [id, body] of load) acknowledged.set(id, body);
      expect(acknowledged.size).toBeGreaterThanOrEqual(round * ACKNOWLEDGED);
      await server.kill();
      server = await startServer(env);

      const stored = await bin.all();
      expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, i) => i + 1));
      const ids = new Set(stored.map(({ id }) => id));
      expect(ids.size).toBe(stored.length);
      expect([...acknowledged.keys()].filter((id) => !ids.has(id))).toEqual([]);
      expect(await bin.get()).toMatchObject({
        captureCount: stored.length,
        storedCount: stored.length,
      });
      await inParallel([...load], CONNECTIONS, async ([id, body]) => {
        expect((await bin.body(id)).toString(), id).toBe(body);
      });
    }
  }, 180_000);
});
