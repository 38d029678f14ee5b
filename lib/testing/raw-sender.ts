import { once } from "node:events";
import { connect, type Socket } from "node:net";

export type RawAnswer = { status: number; headers: Map<string, string> };

/** RFC 9110 15.2: interim answers precede the one that counts. */
const INTERIM = /^HTTP\/1\.1 1\d\d[\s\S]*?\r\n\r\n/;

export function parseAnswer(received: string): RawAnswer {
  const [head = ""] = received.replace(INTERIM, "").split("\r\n\r\n");
  const [statusLine = "", ...lines] = head.split("\r\n");
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  if (!status) throw new Error(`no answer, but ${JSON.stringify(received)}`);
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  return { status, headers: new Map(headers) };
}

export type RawSender = {
  socket: Socket;
  /** Everything that came so far. */
  received(): string;
  /** Waits until it is taken, so that no more of it is in memory than the kernel holds. */
  write(bytes: string | Uint8Array): Promise<void>;
  /** The first answer, once its head is there. Rejects when the connection ends without one. */
  answer(): Promise<RawAnswer>;
};

/** One connection that says exactly what it is told to say. */
export async function connectRaw(port: number): Promise<RawSender> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  let received = "";
  let hasEnded = false;
  const change = new EventTarget();
  socket.setEncoding("latin1");
  socket.on("data", (text) => {
    received += text;
    change.dispatchEvent(new Event("change"));
  });
  // A server that has answered may close while it is still being written to.
  socket.on("error", () => {});
  socket.on("close", () => {
    hasEnded = true;
    change.dispatchEvent(new Event("change"));
  });
  await once(socket, "connect");
  return {
    socket,
    received: () => received,
    write: (bytes) =>
      new Promise((resolve) => {
        if (socket.destroyed) resolve();
        else socket.write(bytes, () => resolve());
      }),
    async answer() {
      const isComplete = () => received.replace(INTERIM, "").includes("\r\n\r\n");
      while (!isComplete() && !hasEnded) await once(change, "change");
      return parseAnswer(received);
    },
  };
}
