import { describe, expect, test } from "vitest";
import { capturePageSchema, captureSchema } from "#lib/contract/capture.ts";
import { timelineSchema } from "#lib/contract/timeline.ts";
import { expectProblem, startApi } from "./testing.ts";

const api = await startApi();

/** Not UTF-8, with all line endings and what a compressor or a proxy might touch. */
const BYTES = Buffer.from([0, 0xff, 0xfe, 13, 10, 13, 10, 10, 0xc3, 0x28, 0x1f, 0x8b, 0]);

async function ownerWith(count: number) {
  const owner = await api.newOwner();
  const captures = [];
  for (let made = 0; made < count; made += 1) captures.push(await api.capture(owner, BYTES));
  return { ...owner, captures };
}

describe("GET /bins/{binId}/captures", () => {
  test("pages with before and after", async () => {
    const { binId, bearer: headers } = await ownerWith(5);
    const page = async (query: string) => {
      const response = await api.call("GET", `/bins/${binId}/captures${query}`, { headers });
      const { captures, hasMore } = capturePageSchema.parse(await response.json());
      return [captures.map(({ seq }) => seq), hasMore];
    };
    expect(await page("")).toEqual([[5, 4, 3, 2, 1], false]);
    expect(await page("?limit=2")).toEqual([[5, 4], true]);
    expect(await page("?limit=2&before=4")).toEqual([[3, 2], true]);
    expect(await page("?limit=3&after=2")).toEqual([[3, 4, 5], false]);
    expect(await page("?limit=&before=&after=")).toEqual([[5, 4, 3, 2, 1], false]);
    expect(await page("?unknown=1&limit=1")).toEqual([[5], true]);
  });

  test.each([
    ["limit=0", "limit", "must be at least 1"],
    ["limit=201", "limit", "must be at most 200"],
    ["limit=ten", "limit", "must be a whole number"],
    ["limit=1.5", "limit", "must be a whole number"],
    ["limit=1&limit=2", "limit", "must be a whole number"],
    ["before=-1", "before", "must be at least 0"],
    ["before=3&after=1", "after", "give before or after, not both"],
  ])("refuses ?%s and names the parameter", async (query, field, message) => {
    const { binId, bearer: headers } = await ownerWith(0);
    const response = await api.call("GET", `/bins/${binId}/captures?${query}`, { headers });
    const { errors, detail } = await expectProblem(response, "invalid_request");
    expect(errors).toEqual([{ field, message }]);
    expect(detail).toContain(`${field} ${message}`);
  });
});

describe("GET /captures/{id}/alike", () => {
  test("gives those of the same method and path, and no others", async () => {
    const owner = await api.newOwner();
    const other = await api.newOwner();
    const made: string[] = [];
    for (const change of [
      { path: "/a" },
      { path: "/b" },
      { path: "/a", method: "PUT" },
      { path: "/a" },
      { path: "/a" },
    ]) {
      made.push((await api.capture(owner, BYTES, change)).id);
    }
    await api.capture(other, BYTES, { path: "/a" });
    const alike = async (query: string) => {
      const response = await api.call("GET", `/captures/${made[3]}/alike${query}`, {
        headers: owner.bearer,
      });
      const { captures, hasMore } = capturePageSchema.parse(await response.json());
      return [captures.map(({ seq }) => seq), hasMore];
    };
    expect(await alike("")).toEqual([[5, 4, 1], false]);
    expect(await alike("?before=4&limit=1")).toEqual([[1], false]);
    expect(await alike("?limit=2")).toEqual([[5, 4], true]);
    expect(await alike("?before=1")).toEqual([[], false]);
  });
});

describe("GET /bins/{binId}/timeline", () => {
  test("counts what came", async () => {
    const { binId, bearer: headers } = await ownerWith(3);
    const response = await api.call("GET", `/bins/${binId}/timeline`, { headers });
    const { buckets, seq, sampled } = timelineSchema.parse(await response.json());
    expect(buckets.reduce((sum, { write }) => sum + write, 0)).toBe(3);
    expect([seq, sampled]).toEqual([3, false]);
  });

  test.each([
    ["buckets=0", "buckets"],
    ["buckets=201", "buckets"],
    ["from=yesterday", "from"],
    ["to=2026-11-21", "to"],
    ["from=2026-11-21T12:00:00%2B01:00&to=2026-11-21T11:00:00Z", "to"],
  ])("refuses ?%s and names the parameter", async (query, field) => {
    const { binId, bearer: headers } = await ownerWith(0);
    const response = await api.call("GET", `/bins/${binId}/timeline?${query}`, { headers });
    const { errors } = await expectProblem(response, "invalid_request");
    expect(errors?.map((error) => error.field)).toEqual([field]);
  });
});

describe("DELETE /bins/{binId}/captures", () => {
  test("empties the bin and keeps it", async () => {
    const { binId, bearer: headers } = await ownerWith(2);
    const cleared = await api.call("DELETE", `/bins/${binId}/captures`, { headers });
    expect(cleared.status).toBe(204);
    const response = await api.call("GET", `/bins/${binId}/captures`, { headers });
    expect(await response.json()).toEqual({ captures: [], hasMore: false });
  });
});

describe("/captures/{id}", () => {
  test("is read, changed and deleted", async () => {
    const { bearer: headers, captures } = await ownerWith(1);
    const path = `/captures/${captures[0]!.id}`;

    const read = captureSchema.parse(await (await api.call("GET", path, { headers })).json());
    expect(read).toMatchObject({ seq: 1, starred: false, note: null, bodySize: BYTES.length });

    const json = { note: "the odd one", starred: true };
    const changed = await api.call("PATCH", path, { headers, json });
    expect(captureSchema.parse(await changed.json())).toEqual({ ...read, ...json });

    expect((await api.call("DELETE", path, { headers })).status).toBe(204);
    await expectProblem(await api.call("GET", path, { headers }), "not_found");
  });
});

describe("downloads", () => {
  const safely = {
    "content-type": "application/octet-stream",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store, no-transform",
  };

  test("/body has the exact bytes and never runs", async () => {
    const { bearer, captures } = await ownerWith(2);
    // A range must not cut the answer, nor a coding change it.
    const headers = { ...bearer, range: "bytes=0-1", "accept-encoding": "gzip" };
    const response = await api.call("GET", `/captures/${captures[1]!.id}/body`, { headers });
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      ...safely,
      "content-disposition": 'attachment; filename="capture-2.bin"',
    });
    expect(response.headers.get("content-encoding")).toBeNull();
    expect(Buffer.from(await response.arrayBuffer())).toEqual(BYTES);
  });

  test("/http has the request as it came and never runs", async () => {
    const { binId, bearer: headers, captures } = await ownerWith(1);
    const response = await api.call("GET", `/captures/${captures[0]!.id}/http`, { headers });
    expect(Object.fromEntries(response.headers)).toMatchObject({
      ...safely,
      "content-disposition": 'attachment; filename="capture-1.http"',
    });
    const message = Buffer.from(await response.arrayBuffer());
    expect(message.toString("latin1")).toMatch(new RegExp(`^POST /in/${binId}/hook HTTP/1.1\r\n`));
    expect(message.subarray(-BYTES.length - 4)).toEqual(
      Buffer.concat([Buffer.from("\r\n\r\n"), BYTES]),
    );
  });
});
