import { expect, test, vi } from "vitest";
import { captureFormatSchema } from "#lib/contract/export.ts";
import { createdShareSchema } from "#lib/contract/share.ts";
import { connectLive } from "#lib/testing/live-client.ts";
import { type Owner, startApi } from "./testing.ts";

const api = await startApi();

const SECRET = 's3cr3t/of "the" sender&co';

/** A webhook that has it in every place that says so, and in some that do not, in many forms. */
async function sendSecret({ binId }: Owner): Promise<string> {
  const query = new URLSearchParams({ token: SECRET, to: `https://a.test/?key=${SECRET}`, n: "1" });
  const sent = await fetch(`${api.origin}/in/${binId}/a/${encodeURIComponent(SECRET)}?${query}`, {
    method: "POST",
    headers: {
      authorization: `Basic ${btoa(`ada:${SECRET}`)}`,
      "x-echo": `<${SECRET}>`,
      cookie: `a=${encodeURIComponent(SECRET)}`,
    },
    body: JSON.stringify({
      password: SECRET,
      n: [1, 2],
      text: `it was ${SECRET}`,
      nested: JSON.stringify({ token: SECRET }),
    }),
  });
  return sent.headers.get("inlet-capture")!;
}

/** Ways in which it was sent, and what tells who sent it and to where. */
const hiddenOf = ({ binId }: Owner) => [
  SECRET,
  encodeURIComponent(SECRET),
  JSON.stringify(SECRET).slice(1, -1),
  btoa(`ada:${SECRET}`),
  binId,
  "127.0.0.1",
];

function expectHidden(text: string, owner: Owner, where: string) {
  for (const hidden of hiddenOf(owner)) {
    // Where the server is reached is not the sender's address.
    expect(text.replaceAll(api.origin, ""), where).not.toContain(hidden);
  }
}

test("nothing that a link's holder can fetch has a byte of what it hides", async () => {
  const owner = await api.newOwner();
  const id = await sendSecret(owner);
  for (const path of [`/captures/${id}`, `/bins/${owner.binId}`]) {
    const made = await api.call("POST", `${path}/shares`, { headers: owner.bearer });
    const { url } = createdShareSchema.parse(await made.json());
    const secret = new URL(url).pathname.slice("/s/".length);
    const shared = `/shared/${secret}`;
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
      expectHidden(text, owner, call);
    }
    const page = `${api.origin}/s/${secret}`;
    for (const address of [page, `${page}?capture=${id}`]) {
      // As a browser asks for it first, and as Next's own script does later.
      for (const headers of [undefined, { rsc: "1" }]) {
        const response = await fetch(address, { headers });
        expect(response.status).toBe(200);
        expectHidden(await response.text(), owner, `${address} ${JSON.stringify(headers)}`);
      }
    }
    const body = await (await api.call("GET", `${capture}/body`)).text();
    expect(JSON.parse(body)).toEqual({
      password: "[redacted]",
      n: [1, 2],
      text: "it was [redacted]",
      nested: '{"token":"[redacted]"}',
    });
  }
});

test("nor is one in anything that a socket says to who holds a link", async () => {
  const owner = await api.newOwner();
  await sendSecret(owner);
  const made = await api.call("POST", `/bins/${owner.binId}/shares`, { headers: owner.bearer });
  const { id, url } = createdShareSchema.parse(await made.json());
  const share = new URL(url).pathname.slice("/s/".length);
  const client = await connectLive(api.server, { share });
  const answer = await client.watch(id, 0);
  expect(answer).toMatchObject({ ok: true, missed: [{ seq: 1 }] });
  const second = await sendSecret(owner);
  await vi.waitFor(() => expect(client.captures()).toHaveLength(1));
  await api.call("PATCH", `/captures/${second}`, { headers: owner.bearer, json: { note: SECRET } });
  await api.call("PATCH", `/bins/${owner.binId}`, {
    headers: owner.bearer,
    json: { name: SECRET },
  });
  await api.call("DELETE", `/captures/${second}`, { headers: owner.bearer });
  await vi.waitFor(() => expect(client.of("removed")).toHaveLength(1));
  expectHidden(JSON.stringify([answer, client.events]), owner, "the socket");
});
