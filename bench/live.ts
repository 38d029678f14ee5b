import { connect } from "node:net";
import { io } from "socket.io-client";
import type { TestServer } from "../lib/testing/server.ts";
import { percentile } from "./load.ts";
import { webhook } from "./webhook.ts";

const SAMPLES = 300;

/** From the last byte of a request to an idle server until its Socket.IO message is in a client. */
export async function benchLive(server: TestServer): Promise<void> {
  const bin = await server.createBin();
  const socket = io(server.url, { auth: { token: bin.token }, transports: ["websocket"] });
  let arrived = () => {};
  socket.on("captures", () => arrived());
  await socket.timeout(5_000).emitWithAck("watch", { binId: bin.id, after: null });
  const sender = connect({ port: server.port, host: "127.0.0.1", noDelay: true });
  sender.resume();
  const { path, headers, body } = webhook(`/in/${bin.id}`);
  const all = Object.entries({ Host: "localhost", "Content-Length": body.length, ...headers });
  const head = all.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const request = `POST ${path} HTTP/1.1\r\n${head}\r\n${body}`;
  const times: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    const start = performance.now();
    const next = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    sender.write(request);
    await next;
    times.push(performance.now() - start);
    // Idle again: past the window in which messages of one bin are gathered.
    await new Promise((done) => setTimeout(done, 25));
  }
  sender.destroy();
  socket.close();
  const sorted = Float64Array.from(times).sort();
  console.log("\n## From a request's last byte to the message in a client, server idle\n");
  console.log(
    `- ${SAMPLES} samples: p50 ${percentile(sorted, 0.5).toFixed(2)} ms, p99 ${percentile(sorted, 0.99).toFixed(2)} ms`,
  );
}
