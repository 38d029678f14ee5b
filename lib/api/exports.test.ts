import { once } from "node:events";
import { connect } from "node:net";
import { describe, expect, test } from "vitest";
import { captureIdOf, DATABASES, serverForTests } from "../testing/conformance.ts";
import { expectHar } from "../testing/har-schema.ts";
import type { TestBin } from "../testing/server.ts";

type Har = {
  log: {
    version: string;
    entries: {
      request: {
        method: string;
        url: string;
        headers: { name: string; value: string }[];
        postData?: { text: string; _encoding?: string };
      };
    }[];
  };
};

describe.each(DATABASES)("on %s", (database) => {
  const subject = serverForTests({}, database);

  const send = async (bin: TestBin, body: Buffer, path = "/x") => {
    const head = `POST /in/${bin.id}${path} HTTP/1.1\r\nHost: h\r\nx-A: 1\r\nX-a: \r\nContent-Length: ${body.length}\r\n\r\n`;
    return captureIdOf(await subject.exchange(Buffer.concat([Buffer.from(head), body])));
  };

  const exported = async (bin: TestBin, query: string) => {
    const response = await bin.api(`/bins/${bin.id}/export?${query}`);
    expect(response.status).toBe(200);
    return response;
  };

  test("a bin in every format, oldest first, in order, each body byte for byte", async () => {
    const bin = await subject.newBin();
    const bodies = [Buffer.from("plain"), Buffer.from([0, 255, 13, 10]), Buffer.alloc(0)];
    for (const body of bodies) await send(bin, body);

    const response = await exported(bin, "format=har");
    expect(response.headers.get("content-disposition")).toBe(
      `attachment; filename="inlet-${bin.id}.har"`,
    );
    const har = (await response.json()) as Har;
    expectHar(har);
    const { log } = har;
    expect(log.version).toBe("1.2");
    const data = log.entries.map(({ request }) => request.postData);
    expect(data.slice(0, 2)).toMatchObject([
      { text: "plain" },
      { text: "AP8NCg==", _encoding: "base64" },
    ]);
    expect(data[2]).toBeUndefined();
    expect(log.entries[0]!.request.headers.slice(0, 3)).toEqual([
      { name: "Host", value: "h" },
      { name: "x-A", value: "1" },
      { name: "X-a", value: "" },
    ]);

    type Whole = { seq: number; bodyBase64: string };
    const json = (await (await exported(bin, "format=json")).json()) as { captures: Whole[] };
    const lines = (await (await exported(bin, "format=ndjson")).text()).trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line) as Whole)).toEqual(json.captures);
    expect(json.captures.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(json.captures.map((capture) => Buffer.from(capture.bodyBase64, "base64"))).toEqual(
      bodies,
    );
    const http = await (await exported(bin, "format=http")).text();
    expect(http.match(/^### #\d+ POST/gm)).toHaveLength(3);
  });

  test("more than a page, what is named, and what matches", async () => {
    const bin = await subject.newBin();
    const ids: string[] = [];
    for (let i = 0; i < 230; i++)
      ids.push(await send(bin, Buffer.from(`${i}`), i % 10 ? "/a" : "/b"));
    const count = async (query: string) =>
      (await (await exported(bin, `format=ndjson&${query}`)).text()).split("\n").length - 1;
    expect(await count("")).toBe(230);
    expect(await count("q=path:/b")).toBe(23);
    expect(await count(`ids=${ids[3]},${ids[1]},${ids[3]}`)).toBe(2);
    expect(await count("q=path:/nothing")).toBe(0);
    const elsewhere = await subject.newBin();
    expect(await (await exported(elsewhere, `format=json&ids=${ids[0]}`)).json()).toEqual({
      captures: [],
    });
    const empty: unknown = await (await exported(elsewhere, "format=har")).json();
    expectHar(empty);
    expect(empty).toMatchObject({ log: { entries: [] } });
  });

  test("what is wrong with the query is said before anything is sent", async () => {
    const bin = await subject.newBin();
    for (const query of [
      "",
      "format=xml",
      "format=har&q=metod:GET",
      "format=har&ids=x",
      "format=har&q=a&ids=",
    ]) {
      const status = (await bin.api(`/bins/${bin.id}/export?${query}`)).status;
      expect([query, status]).toEqual([query, query.endsWith("ids=") ? 200 : 400]);
    }
  });

  test("a reader that goes away half-way harms nobody else", async () => {
    const bin = await subject.newBin();
    const body = Buffer.alloc(1024 * 1024, "a");
    for (let i = 0; i < 12; i++) await send(bin, body);
    const socket = connect(subject.server.port, "127.0.0.1");
    await once(socket, "connect");
    socket.write(
      `GET /api/v1/bins/${bin.id}/export?format=json HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer ${bin.token}\r\n\r\n`,
    );
    await once(socket, "readable");
    socket.destroy();
    // The whole of it is still there for the next one.
    const { captures } = (await (await exported(bin, "format=json")).json()) as {
      captures: unknown[];
    };
    expect(captures).toHaveLength(12);
  });

  test("one capture as code, as a file with a name that a shell would run", async () => {
    const bin = await subject.newBin();
    const id = await send(bin, Buffer.from("hi"));
    const response = await bin.api(`/captures/${id}/export?format=curl`);
    expect(response.headers.get("content-disposition")).toBe('attachment; filename="capture-1.sh"');
    expect(await response.text()).toContain(
      `curl ${new URL(subject.server.publicUrl).origin}/in/${bin.id}/x`,
    );
    expect((await bin.api(`/captures/${id}/export?format=perl`)).status).toBe(400);
  });
});
