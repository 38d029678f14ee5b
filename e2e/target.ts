import { once } from "node:events";
import { createServer } from "node:net";

/** Keeps what it gets, one character a byte, and gives the same bytes to everybody as the answer. */
export async function startTarget(answer: string | Buffer) {
  const received: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    const index = received.push("") - 1;
    socket.on("data", (bytes) => {
      received[index] += bytes.toString("latin1");
      const end = received[index]!.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = received[index]!.slice(0, end);
      const length = Number(/\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (received[index]!.length >= end + 4 + length) socket.end(answer);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return { received, url: `http://127.0.0.1:${port}/base`, stop: () => server.close() };
}
