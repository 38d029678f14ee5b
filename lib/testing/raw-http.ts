import { connect as connectSocket, type Socket } from "node:net";

export type RawResponse = {
  status: number;
  headers: [name: string, value: string][];
  /** The value of the first header of this name, whatever its case. */
  header(name: string): string | undefined;
  body: Buffer;
};

export type RawConnection = {
  socket: Socket;
  send(bytes: string | Uint8Array): void;
  /** The next whole response; to HEAD one has no body. Rejects when the connection ends before. */
  response(method?: "HEAD"): Promise<RawResponse>;
  /** All bytes that no response took, once the server has closed. */
  rest(): Promise<Buffer>;
  /** Ends the connection at once, in the middle of whatever it does. */
  reset(): void;
};

/** One byte a character, which is how heads are written in these tests. */
export function bytes(text: string | Uint8Array): Buffer {
  return typeof text === "string" ? Buffer.from(text, "latin1") : Buffer.from(text);
}

function parseHead(text: string): Omit<RawResponse, "body"> {
  const [statusLine, ...lines] = text.split("\r\n");
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  const header = (name: string) =>
    headers.find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
  return { status: Number(statusLine!.split(" ")[1]), headers, header };
}

/** The joined chunks and where they end, null while some are missing. */
function parseChunked(buffer: Buffer): { body: Buffer; end: number } | null {
  const chunks: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = buffer.indexOf("\r\n", at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(buffer.toString("latin1", at, lineEnd), 16);
    const start = lineEnd + 2;
    if (buffer.length < start + size + 2) return null;
    if (size === 0) return { body: Buffer.concat(chunks), end: start + 2 };
    chunks.push(buffer.subarray(start, start + size));
    at = start + size + 2;
  }
}

/** The first response in the buffer and its length, null while it is not whole. */
function parseResponse(
  buffer: Buffer,
  isClosed: boolean,
  method?: "HEAD",
): { response: RawResponse; length: number } | null {
  const headEnd = buffer.indexOf("\r\n\r\n");
  if (headEnd < 0) return null;
  const head = parseHead(buffer.toString("latin1", 0, headEnd));
  const start = headEnd + 4;
  const found = (body: Buffer, end: number) => ({ response: { ...head, body }, length: end });
  const isBodiless = head.status < 200 || head.status === 204 || head.status === 304;
  if (method === "HEAD" || isBodiless) return found(Buffer.alloc(0), start);
  if (head.header("transfer-encoding") === "chunked") {
    const chunked = parseChunked(buffer.subarray(start));
    return chunked && found(chunked.body, start + chunked.end);
  }
  const length = head.header("content-length");
  if (length === undefined) return isClosed ? found(buffer.subarray(start), buffer.length) : null;
  const end = start + Number(length);
  return buffer.length < end ? null : found(buffer.subarray(start, end), end);
}

/** A connection that sends exactly the bytes it is given. */
export async function connectRaw(port: number): Promise<RawConnection> {
  const socket = connectSocket({ port, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
  let buffer: Buffer = Buffer.alloc(0);
  let isClosed = false;
  let failure: Error | null = null;
  let wake = () => {};
  socket.on("data", (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    wake();
  });
  socket.on("error", (error) => {
    failure = error;
  });
  for (const event of ["end", "close"]) {
    socket.on(event, () => {
      isClosed = true;
      wake();
    });
  }
  await new Promise<void>((done, reject) => socket.once("connect", done).once("error", reject));

  const change = () =>
    new Promise<void>((done) => {
      wake = done;
    });

  return {
    socket,
    send: (text) => void socket.write(bytes(text)),
    async response(method) {
      for (;;) {
        const parsed = parseResponse(buffer, isClosed, method);
        if (parsed) {
          buffer = buffer.subarray(parsed.length);
          return parsed.response;
        }
        if (isClosed) {
          const got = buffer.toString("latin1");
          throw new Error(`the connection ended before a response, after "${got}"`, {
            cause: failure,
          });
        }
        await change();
      }
    },
    async rest() {
      while (!isClosed) await change();
      return buffer;
    },
    reset: () => void socket.resetAndDestroy(),
  };
}

/** Sends the bytes on a connection of their own and reads the one answer. */
export async function exchange(
  port: number,
  request: string | Uint8Array,
  method?: "HEAD",
): Promise<RawResponse> {
  const connection = await connectRaw(port);
  try {
    connection.send(request);
    return await connection.response(method);
  } finally {
    connection.socket.destroy();
  }
}
