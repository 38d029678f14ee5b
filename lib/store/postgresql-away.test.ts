import { afterAll, beforeAll, expect, test } from "vitest";
import { createDatabase, startPostgres, type TestPostgres } from "../testing/postgres.ts";
import { startServer, type TestBin, type TestServer } from "../testing/server.ts";

let postgres: TestPostgres;
let server: TestServer;

beforeAll(async () => {
  postgres = await startPostgres();
  server = await startServer({ DATABASE_URL: await createDatabase(postgres.adminUrl) });
});
afterAll(async () => {
  await server?.stop();
  await postgres?.stop();
});

const send = (bin: TestBin) => fetch(`${server.url}/in/${bin.id}`, { method: "POST", body: "x" });
const status = async (path: string) => (await fetch(server.url + path)).status;

async function expectRefused(response: Response) {
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(response.headers.get("inlet-capture")).toBeNull();
  expect(await response.json()).toMatchObject({ code: "unavailable" });
}

test("PostgreSQL may go away and come back, twice, and no restart is needed", async () => {
  const known = await server.createBin();
  const acknowledged: string[] = [];
  const sendUntilStored = () =>
    expect
      .poll(
        async () => {
          const response = await send(known);
          if (response.status === 200) acknowledged.push(response.headers.get("inlet-capture")!);
          return response.status;
        },
        { timeout: 30_000 },
      )
      .toBe(200);

  for (const _ of ["once", "twice"]) {
    await sendUntilStored();
    // The capture path has not seen this one, and must ask the database for it.
    const unknown = await server.createBin();
    expect(await status("/readyz")).toBe(200);

    await postgres.pause();
    const refused = await Promise.all([send(known), send(known), send(known), send(unknown)]);
    for (const response of refused) await expectRefused(response);
    const answer = await known.api(`/bins/${known.id}`);
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: "unavailable", status: 503 });
    expect(await status("/readyz")).toBe(503);
    expect(await status("/healthz")).toBe(200);

    await postgres.start();
    await sendUntilStored();
    await expect.poll(() => status("/readyz"), { timeout: 30_000 }).toBe(200);
    expect((await send(unknown)).status).toBe(200);
    const stored = await known.all();
    expect(stored.map(({ id }) => id)).toEqual(acknowledged);
    expect(stored.map(({ seq }) => seq)).toEqual(acknowledged.map((_, i) => i + 1));
  }
}, 120_000);
