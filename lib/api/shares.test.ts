import { expect, test } from "vitest";
import { captureFormatSchema } from "#lib/contract/export.ts";
import { createdShareSchema } from "#lib/contract/share.ts";
import { startApi } from "./testing.ts";

const api = await startApi();

const SECRET = "s3cr3t-of-the-sender";

test("nothing that a link's holder can fetch has a byte of what it hides", async () => {
  const owner = await api.newOwner();
  const sent = await fetch(`${api.origin}/in/${owner.binId}/a/${SECRET}?token=${SECRET}&n=1`, {
    method: "POST",
    headers: { authorization: `Bearer ${SECRET}`, "x-echo": `<${SECRET}>`, cookie: `a=${SECRET}` },
    body: `{"password":"${SECRET}","n":[1, 2]}`,
  });
  const id = sent.headers.get("inlet-capture");
  for (const path of [`/captures/${id}`, `/bins/${owner.binId}`]) {
    const made = await api.call("POST", `${path}/shares`, { headers: owner.bearer });
    const { url } = createdShareSchema.parse(await made.json());
    const shared = `/shared/${new URL(url).pathname.slice("/s/".length)}`;
    const capture = `${shared}/captures/${id}`;
    const exports = captureFormatSchema.options.map(
      (format) => `${capture}/export?format=${format}`,
    );
    for (const call of [
      shared,
      `${shared}/captures`,
      capture,
      `${capture}/body`,
      `${capture}/http`,
      ...exports,
    ]) {
      const response = await api.call("GET", call);
      expect(response.status, call).toBe(200);
      const text = `${await response.text()} ${JSON.stringify([...response.headers])}`;
      for (const hidden of [SECRET, btoa(SECRET), owner.binId, "127.0.0.1"]) {
        // Where the server is reached is not the sender's address.
        expect(text.replaceAll(api.origin, ""), call).not.toContain(hidden);
      }
    }
    const body = await (await api.call("GET", `${capture}/body`)).text();
    expect(body).toBe('{"password":"[redacted]","n":[1, 2]}');
  }
});
