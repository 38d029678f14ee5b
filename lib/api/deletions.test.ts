import { expect, test } from "vitest";
import { capturePageSchema } from "#lib/contract/capture.ts";
import { deletionSchema } from "#lib/contract/deletion.ts";
import { expectProblem, type Owner, startApi } from "./testing.ts";

const api = await startApi();

async function ownerWith(count: number) {
  const owner = await api.newOwner();
  const ids = [];
  for (let made = 0; made < count; made += 1) {
    ids.push((await api.capture(owner, Buffer.from(String(made)))).id);
  }
  return { ...owner, ids };
}

const post = ({ binId, bearer }: Owner, what: "delete" | "restore", json: object) =>
  api.call("POST", `/bins/${binId}/captures/${what}`, { headers: bearer, json });

async function seqs({ binId, bearer }: Owner) {
  const response = await api.call("GET", `/bins/${binId}/captures`, { headers: bearer });
  return capturePageSchema.parse(await response.json()).captures.map(({ seq }) => seq);
}

test("some captures go and come back", async () => {
  const owner = await ownerWith(3);
  const ids = owner.ids.slice(0, 2);
  const response = await post(owner, "delete", { ids: [...ids, ...ids] });
  const { deleted, undo, undoUntil } = deletionSchema.parse(await response.json());
  expect(deleted).toBe(2);
  expect(Date.parse(undoUntil!)).toBeGreaterThan(Date.now());
  expect(await seqs(owner)).toEqual([3]);
  for (const path of ["", "/body", "/http"]) {
    const gone = await api.call("GET", `/captures/${ids[0]}${path}`, { headers: owner.bearer });
    await expectProblem(gone, "not_found");
  }
  const restored = await post(owner, "restore", { undo });
  expect(await restored.json()).toEqual({ restored: 2 });
  expect(await seqs(owner)).toEqual([3, 2, 1]);
  const body = await api.call("GET", `/captures/${ids[1]}/body`, { headers: owner.bearer });
  expect(await body.text()).toBe("1");
});

test("more than one part's worth goes and comes back with one call each", async () => {
  const owner = await ownerWith(1);
  const unknown = Array.from(
    { length: 1_200 },
    (_, i) => `01939c2e-6a1b-7c3d-8e4f-${String(i).padStart(12, "0")}`,
  );
  const ids = [...unknown, owner.ids[0]!];
  const { deleted, undo } = await (await post(owner, "delete", { ids })).json();
  expect(deleted).toBe(1);
  expect((await post(owner, "restore", { undo })).status).toBe(200);
  expect(await seqs(owner)).toEqual([1]);
});

test("all captures go and come back", async () => {
  const owner = await ownerWith(2);
  const { deleted, undo } = await (await post(owner, "delete", { all: true })).json();
  expect(deleted).toBe(2);
  expect(await seqs(owner)).toEqual([]);
  await post(owner, "restore", { undo });
  expect(await seqs(owner)).toEqual([2, 1]);
});

test("what deleted nothing cannot be undone", async () => {
  const owner = await ownerWith(0);
  const response = await post(owner, "delete", { all: true });
  expect(await response.json()).toEqual({ deleted: 0, undo: null, undoUntil: null });
});

test("a second undo says why it does nothing", async () => {
  const owner = await ownerWith(1);
  const { undo } = await (await post(owner, "delete", { ids: owner.ids })).json();
  expect((await post(owner, "restore", { undo })).status).toBe(200);
  const { detail } = await expectProblem(await post(owner, "restore", { undo }), "gone");
  expect(detail).toContain("cannot be undone");
});

test("DELETE is for good", async () => {
  const owner = await ownerWith(2);
  const { undo } = await (await post(owner, "delete", { all: true })).json();
  const path = `/bins/${owner.binId}/captures`;
  expect((await api.call("DELETE", path, { headers: owner.bearer })).status).toBe(204);
  await expectProblem(await post(owner, "restore", { undo }), "gone");
});

test.each([
  [{}, "ids", "give ids, q, or all: true"],
  [{ ids: [] }, "ids", "must have at least 1 item"],
  [{ ids: ["x"] }, "ids.0", "Invalid UUID"],
  [{ q: " " }, "q", "is blank, which would be all captures: say all: true"],
  [{ q: "a", all: true }, "ids", "give ids, q, or all: true"],
  [{ all: true, upTo: -1 }, "upTo", "must be at least 0"],
  [{ all: false }, "all", "Invalid input: expected true"],
  [
    { ids: ["01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f"], all: true },
    "ids",
    "give ids, q, or all: true",
  ],
])("refuses %j and names the field", async (json, field, message) => {
  const owner = await ownerWith(0);
  const { errors } = await expectProblem(await post(owner, "delete", json), "invalid_request");
  expect(errors).toEqual([{ field, message }]);
});

test("a star for many says which changed", async () => {
  const owner = await ownerWith(2);
  const star = async (starred: boolean) => {
    const path = `/bins/${owner.binId}/captures`;
    const json = { ids: owner.ids, starred };
    const response = await api.call("PATCH", path, { headers: owner.bearer, json });
    return (await response.json()).changed.length;
  };
  expect([await star(true), await star(true), await star(false)]).toEqual([2, 0, 2]);
});
