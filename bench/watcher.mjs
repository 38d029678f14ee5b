// One browser: watches a bin over Socket.IO and reads every message. argv: url, binId, token.
import { io } from "socket.io-client";

const [, , url, binId, token] = process.argv;
const socket = io(url, { auth: { token }, transports: ["websocket"] });
socket.on("captures", () => {});
socket.on("connect", () =>
  socket.emit("watch", { binId, after: null }, (/** @type {unknown} */ answer) => {
    process.stdout.write(`${JSON.stringify(answer)}\n`);
  }),
);
