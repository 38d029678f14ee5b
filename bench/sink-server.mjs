// A target for forwards: counts what comes by its body, answers 200. `GET /` says how much came.
import { createServer } from "node:http";

const bodies = new Map();
const server = createServer((req, res) => {
  if (req.method === "GET") {
    const counts = [...bodies.values()];
    const total = counts.reduce((sum, count) => sum + count, 0);
    res.end(JSON.stringify({ distinct: bodies.size, total }));
    return;
  }
  const id = req.headers["x-number"];
  req.resume();
  req.on("end", () => {
    bodies.set(id, (bodies.get(id) ?? 0) + 1);
    res.end();
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = /** @type {import("node:net").AddressInfo} */ (server.address());
  process.stdout.write(`${address.port}\n`);
});
