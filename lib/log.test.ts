import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDatabaseUrl, PROVIDERS } from "./testing/databases.ts";
import { createDatabase, startPostgres } from "./testing/postgres.ts";
import { connectRaw } from "./testing/raw-sender.ts";
import { startServer, type TestServer } from "./testing/server.ts";
import { limitFileSize } from "./testing/small-disk.ts";

const SECRETS = {
  body: "b0dy-5ecret",
  authorization: "auth0rization-5ecret",
  cookie: "c00kie-5ecret",
  note: "n0te-5ecret",
  name: "nam3-5ecret",
  raw: "raw-5ecret",
};

const credentials = {
  authorization: `Bearer ${SECRETS.authorization}`,
  cookie: `inlet=${SECRETS.cookie}; session=${SECRETS.cookie}`,
};

/** Everything that a sender, an owner and a stranger may do, with a secret in each place. */
async function speakSecrets(server: TestServer, path: string): Promise<void> {
  const init = { method: "POST", headers: { ...credentials, "content-type": "application/json" } };
  const json = (value: unknown) => ({ ...init, body: JSON.stringify(value) });
  await fetch(server.url + path, { ...init, body: SECRETS.body });
  await fetch(server.url + path, { ...init, body: SECRETS.body + "x".repeat(2000) });
  await fetch(`${server.url}/in/nobody`, { ...init, body: SECRETS.body });
  await fetch(`${server.url}/api/v1/bins`, json({ name: SECRETS.name }));
  await fetch(`${server.url}/api/v1/bins`, { ...init, body: `{"name": ${SECRETS.body}` });
  await fetch(`${server.url}/api/v1/nothing`, json({ name: SECRETS.name }));
  await fetch(`${server.url}/socket.io/?EIO=4&transport=polling`, { headers: credentials });
  await fetch(server.url, { headers: credentials });
  const malformed = await connectRaw(server.port);
  await malformed.write(
    `POST ${path} HTTP/1.1\r\nHost: x\r\nCookie: ${SECRETS.cookie}\r\nBad Header ${SECRETS.raw}: x\r\n\r\n`,
  );
  await malformed.answer();
  malformed.socket.destroy();
}

function expectNoSecrets(server: TestServer, token: string): void {
  const log = server.log.join("\n");
  for (const secret of [...Object.values(SECRETS), token]) expect(log).not.toContain(secret);
}

describe.each(PROVIDERS)("the log with %s", (provider) => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer({
      DATABASE_URL: await newDatabaseUrl(provider),
      LOG_LEVEL: "trace",
      MAX_BODY_BYTES: "1000",
    });
  });
  afterAll(() => server?.stop());

  test("has no body, token, cookie or Authorization of captures and API calls", async () => {
    const bin = await server.createBin({ name: SECRETS.name });
    await speakSecrets(server, `/in/${bin.id}`);
    const [capture] = await bin.all();
    const patch = (path: string, change: unknown) =>
      bin.api(path, {
        method: "PATCH",
        headers: { "content-type": "application/json", cookie: credentials.cookie },
        body: JSON.stringify(change),
      });
    expect((await patch(`/captures/${capture!.id}`, { note: SECRETS.note })).status).toBe(200);
    // What a database would refuse, with a message of its own.
    const note = `${SECRETS.note}\0`;
    expect((await patch(`/captures/${capture!.id}`, { note })).status).toBe(400);
    const name = `${SECRETS.name}\ud800`;
    expect((await patch(`/bins/${bin.id}`, { name })).status).toBe(400);
    await bin.http(capture!.id);
    expect(server.log.length).toBeGreaterThan(0);
    expectNoSecrets(server, bin.token);
  });
});

describe("the log has none of it either", () => {
  test.runIf(process.platform === "linux")("when writing to the disk fails", async () => {
    const server = await startServer({ LOG_LEVEL: "trace", MAX_BODY_BYTES: "1000" });
    const bin = await server.createBin();
    limitFileSize(server.pid, 0);
    await speakSecrets(server, `/in/${bin.id}`);
    const change = { name: SECRETS.name };
    const headers = { "content-type": "application/json" };
    const init = { method: "PATCH", headers, body: JSON.stringify(change) };
    expect((await bin.api(`/bins/${bin.id}`, init)).status).toBe(503);
    await expect.poll(() => server.log.join("\n")).toContain("captures could not be stored");
    expectNoSecrets(server, bin.token);
    await server.stop();
  });

  test("when PostgreSQL is away", async () => {
    const postgres = await startPostgres();
    const server = await startServer({
      DATABASE_URL: await createDatabase(postgres.adminUrl),
      LOG_LEVEL: "trace",
      MAX_BODY_BYTES: "1000",
    });
    const bin = await server.createBin();
    await fetch(`${server.url}/in/${bin.id}`);
    await postgres.pause();
    await speakSecrets(server, `/in/${bin.id}`);
    expect((await bin.api(`/bins/${bin.id}`)).status).toBe(503);
    await expect.poll(() => server.log.join("\n")).toContain("captures could not be stored");
    expectNoSecrets(server, bin.token);
    await server.stop();
    await postgres.stop();
  });
});
