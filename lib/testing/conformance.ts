import { afterAll, beforeAll, expect, inject } from "vitest";
import type { CreateBin } from "../contract/bin.ts";
import type { Capture } from "../contract/capture.ts";
import { createDatabase } from "./postgres.ts";
import { bytes, connectRaw, exchange, type RawConnection, type RawResponse } from "./raw-http.ts";
import { expectResentAsCaptured } from "./resend.ts";
import { startServer, type TestBin, type TestServer } from "./server.ts";

export type ConformanceSubject = {
  server: TestServer;
  newBin(input?: CreateBin): Promise<TestBin>;
  connect(): Promise<RawConnection>;
  exchange(request: string | Uint8Array, method?: "HEAD"): Promise<RawResponse>;
  /** Sends a request that must be stored and answered 200; gives what `/http` says of it. */
  roundTrip(bin: TestBin, request: string | Uint8Array): Promise<string>;
};

export const DATABASES = ["sqlite", "postgresql"] as const;

/**
 * A server for the tests of one file or group, with these settings. At its end everything that its
 * bins captured is sent again, and has to arrive as it came.
 */
export function serverForTests(
  env: Record<string, string> = {},
  database: (typeof DATABASES)[number] = "sqlite",
): ConformanceSubject {
  let server: TestServer | undefined;
  const connections: RawConnection[] = [];
  const bins: TestBin[] = [];
  beforeAll(async () => {
    const url = database === "postgresql" && (await createDatabase(inject("postgresUrl")));
    server = await startServer(url ? { ...env, DATABASE_URL: url } : env);
  });
  afterAll(async () => {
    for (const bin of bins) await expectResentAsCaptured(bin);
    for (const { socket } of connections) socket.destroy();
    await server?.stop();
  });
  const subject: ConformanceSubject = {
    get server() {
      return server!;
    },
    async newBin(input) {
      const bin = await server!.createBin(input);
      bins.push(bin);
      return bin;
    },
    async connect() {
      const connection = await connectRaw(server!.port);
      connections.push(connection);
      return connection;
    },
    exchange: (request, method) => exchange(server!.port, request, method),
    async roundTrip(bin, request) {
      const response = await exchange(server!.port, request);
      expect(response.status).toBe(200);
      return latin1(await bin.http(captureIdOf(response)));
    },
  };
  return subject;
}

/** Bytes as text, one character each: differences show, and comparing is quick. */
export function latin1(body: Uint8Array): string {
  return bytes(body).toString("latin1");
}

export function captureIdOf(response: RawResponse): string {
  const id = response.header("inlet-capture");
  if (id === undefined) throw new Error(`no capture came of it: ${response.status}`);
  return id;
}

/** The captures of a bin, oldest first, once there are as many. */
export async function capturesOf(bin: TestBin, count: number): Promise<Capture[]> {
  await expect.poll(async () => (await bin.all()).length).toBe(count);
  return Promise.all((await bin.all()).map(({ id }) => bin.capture(id)));
}
