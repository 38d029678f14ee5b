import { expect, test } from "vitest";
import { SHARED_RESEND_RATES } from "#lib/contract/limits.ts";
import {
  type CreateShare,
  createdShareSchema,
  sharedDeliverySchema,
  shareListSchema,
} from "#lib/contract/share.ts";
import { startTarget } from "#lib/outbound/testing.ts";
import { expectProblem, type Owner, startApi } from "./testing.ts";

const api = await startApi({ TRUST_PROXY: "loopback" });

const SECRET = "s3cr3t-of-the-sender";

/** Everybody comes from an address of their own, unless they say so. */
let addresses = 0;
const newAddress = () => {
  addresses += 1;
  return `198.51.100.${addresses}`;
};

async function capturedWithSecrets() {
  const owner = await api.newOwner();
  const sent = await fetch(`${api.origin}/in/${owner.binId}/a/${SECRET}?token=${SECRET}&n=1`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${SECRET}`,
      "content-type": "application/json",
      "x-echo": `<${SECRET}>`,
    },
    body: `{"password":"${SECRET}","n":[1, 2]}`,
  });
  return { owner, id: sent.headers.get("inlet-capture")! };
}

async function newLink({ bearer }: Owner, path: string, input: Partial<CreateShare> = {}) {
  const json = { allow: { resend: true }, ...input };
  const made = await api.call("POST", `${path}/shares`, { headers: bearer, json });
  const { id, url } = createdShareSchema.parse(await made.json());
  return { id, secret: new URL(url).pathname.slice("/s/".length) };
}

const resend = (secret: string, id: string, json: object, address = newAddress()) =>
  api.call("POST", `/shared/${secret}/captures/${id}/resend`, {
    headers: { "x-forwarded-for": address },
    json,
  });

test("a link that allows it sends on what it shows, and no byte of what it hides", async () => {
  const { owner, id } = await capturedWithSecrets();
  const target = await startTarget(
    "HTTP/1.1 418 Tea\r\nX-a: 1\r\nContent-Length: 2\r\n\r\n\xff\xfe",
  );
  const links = [
    await newLink(owner, `/captures/${id}`),
    await newLink(owner, `/bins/${owner.binId}`),
  ];
  for (const { id: linkId, secret } of links) {
    const response = await resend(secret, id, { url: target.url("/base") });
    expect(response.status).toBe(201);
    const answer = await response.text();
    const delivery = sharedDeliverySchema.parse(JSON.parse(answer));
    expect(delivery).toMatchObject({
      captureId: id,
      binId: linkId,
      url: target.url("/base/a/[redacted]?token=[redacted]&n=1"),
      state: "succeeded",
      request: { edited: false },
      response: { status: 418, text: null, base64: Buffer.from([0xff, 0xfe]).toString("base64") },
    });
    const got = target.received.at(-1)!;
    expect(got).toMatch(/^POST \/base\/a\/\[redacted\]\?token=\[redacted\]&n=1 HTTP\/1.1\r\n/);
    expect(got).toContain("authorization: Bearer [redacted]\r\n");
    expect(got.endsWith('\r\n\r\n{"password":"[redacted]","n":[1, 2]}')).toBe(true);
    for (const bytes of [got, answer]) {
      for (const hidden of [SECRET, btoa(SECRET), owner.binId]) expect(bytes).not.toContain(hidden);
    }
  }
  const { deliveries } = (await (
    await api.call("GET", `/captures/${id}/deliveries`, { headers: owner.bearer })
  ).json()) as { deliveries: unknown[] };
  expect(deliveries, "kept beside the owner's capture").toEqual([]);
  const list = await (await api.call("GET", "/shares", { headers: owner.bearer })).json();
  expect(shareListSchema.parse(list).shares.map(({ resends }) => resends)).toEqual([1, 1]);
});

test("what the holder gives goes in place of the capture's, as with a resend of the owner's", async () => {
  const { owner, id } = await capturedWithSecrets();
  const target = await startTarget();
  const { secret } = await newLink(owner, `/captures/${id}`);
  const json = {
    url: target.url("/x"),
    path: "replace",
    method: "PUT",
    headers: [["X-Own", "1"]],
    body: { text: "own" },
  };
  expect((await resend(secret, id, json)).status).toBe(201);
  expect(target.received.at(-1)).toMatch(/^PUT \/x HTTP\/1.1\r\n.*X-Own: 1\r\n.*\r\n\r\nown$/s);
});

test("a link without leave to resend refuses it, and sends nothing", async () => {
  const { owner, id } = await capturedWithSecrets();
  const target = await startTarget();
  for (const allow of [undefined, {}, { resend: false }]) {
    const { secret } = await newLink(owner, `/captures/${id}`, { allow } as Partial<CreateShare>);
    await expectProblem(await resend(secret, id, { url: target.url("/") }), "forbidden");
  }
  expect(target.received).toEqual([]);
});

test("a link sends nothing of another capture, and nothing once it is over", async () => {
  const { owner, id } = await capturedWithSecrets();
  const { id: second } = await api.capture(owner, Buffer.from("second"));
  const target = await startTarget();
  const link = await newLink(owner, `/captures/${id}`);
  await expectProblem(await resend(link.secret, second, { url: target.url("/") }), "not_found");
  await api.call("DELETE", `/shares/${link.id}`, { headers: owner.bearer });
  await expectProblem(await resend(link.secret, id, { url: target.url("/") }), "gone");
  expect(target.received).toEqual([]);
});

test("another site's page cannot make a browser send on", async () => {
  const { owner, id } = await capturedWithSecrets();
  const { secret } = await newLink(owner, `/captures/${id}`);
  const target = await startTarget();
  const response = await api.call("POST", `/shared/${secret}/captures/${id}/resend`, {
    headers: { origin: "https://elsewhere.example" },
    json: { url: target.url("/") },
  });
  await expectProblem(response, "forbidden_origin");
  expect(target.received).toEqual([]);
});

test("one address is stopped before all of a link's holders are, and told when to come back", async () => {
  const { owner, id } = await capturedWithSecrets();
  const target = await startTarget();
  const { secret } = await newLink(owner, `/captures/${id}`);
  const input = { url: target.url("/") };
  const refused = async (
    response: Response,
    { limit, seconds }: { limit: number; seconds: number },
  ) => {
    await expectProblem(response, "rate_limited");
    expect(response.headers.get("ratelimit-policy")).toBe(`"resends";q=${limit};w=${seconds}`);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  };
  const { address, link } = SHARED_RESEND_RATES;
  const hasty = newAddress();
  for (let sent = 0; sent < address.limit; sent += 1) {
    expect((await resend(secret, id, input, hasty)).status).toBe(201);
  }
  await refused(await resend(secret, id, input, hasty), address);
  for (let sent: number = address.limit; sent < link.limit; sent += 1) {
    expect((await resend(secret, id, input)).status).toBe(201);
  }
  await refused(await resend(secret, id, input), link);
  expect(target.received).toHaveLength(link.limit);
});

test("nobody says from where they call but the proxy that is trusted", async () => {
  const { owner, id } = await capturedWithSecrets();
  const target = await startTarget();
  const { secret } = await newLink(owner, `/captures/${id}`);
  const asked = Array.from({ length: SHARED_RESEND_RATES.address.limit + 1 }, (_, index) =>
    api.call("POST", `/shared/${secret}/captures/${id}/resend`, {
      headers: { "x-forwarded-for": "203.0.113.7", "inlet-caller-address": `203.0.113.${index}` },
      json: { url: target.url("/") },
    }),
  );
  const statuses = (await Promise.all(asked)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 429)).toHaveLength(1);
});
