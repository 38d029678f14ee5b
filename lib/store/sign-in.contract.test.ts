import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { openTestStore, type TestStore } from "../testing/store.ts";
import type { NewSession } from "./sessions.ts";

const AT = new Date("2026-03-01T12:00:00.000Z");
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000);

describe.each(PROVIDERS)("signing in on %s", (provider) => {
  let url: string;
  let store: TestStore;
  let serial = 0;

  beforeAll(async () => {
    url = await newDatabaseUrl(provider);
    store = await openTestStore(url);
  });
  afterAll(() => store.close());

  function newSession(change: Partial<NewSession> = {}): NewSession {
    serial += 1;
    return {
      id: `session-${serial}`,
      hash: `hash-${serial}`,
      person: null,
      name: null,
      createdAt: AT,
      expiresAt: later(60),
      ...change,
    };
  }

  const newWorkspace = async () => (await store.findBin(await store.newBin()))!.workspaceId;

  function claim(key: string, workspaceId: string | null, on = store): Promise<string> {
    serial += 1;
    const newWorkspaceId = `workspace-${provider}-${serial}`;
    return on.write("claimWorkspace", { key, workspaceId, newWorkspaceId, createdAt: AT });
  }

  describe("a session", () => {
    test("is found by its secret's hash alone, as it was stored, until it expires", async () => {
      const session = newSession({ person: "oidc 1 ünï", name: "Ann \u{1f375}" });
      const { hash, ...record } = session;
      await store.write("createSession", session);
      expect(await store.findSession(hash, later(59))).toEqual(record);
      expect(await store.findSession(hash, later(60))).toBeNull();
      expect(await store.findSession(session.id, AT)).toBeNull();
    });

    test("lasts longer once it is extended, and no moment longer than its end", async () => {
      const session = newSession();
      await store.write("createSession", session);
      await store.write("extendSession", session.id, later(120));
      expect(await store.findSession(session.hash, later(119))).toMatchObject({ id: session.id });
      await store.write("endSession", session.id);
      expect(await store.findSession(session.hash, AT)).toBeNull();
      // One that is used at the moment when it ends.
      await store.write("extendSession", session.id, later(180));
      expect(await store.findSession(session.hash, AT)).toBeNull();
    });

    test("that has expired leaves no row once somebody signs in", async () => {
      const old = newSession();
      await store.write("createSession", old);
      await store.write("createSession", newSession({ createdAt: later(61) }));
      expect(await store.findSession(old.hash, AT)).toBeNull();
    });
  });

  describe("a person", () => {
    test("gets the workspace that the browser holds, and keeps it whatever another holds", async () => {
      const [first, second] = [await newWorkspace(), await newWorkspace()];
      expect(await store.findIdentity("ann")).toBeNull();
      expect(await claim("ann", first)).toBe(first);
      expect(await claim("ann", second)).toBe(first);
      expect(await claim("ann", null)).toBe(first);
      expect(await store.findIdentity("ann")).toBe(first);
    });

    test("never gets the workspace of another person", async () => {
      const workspace = await claim("ben", await newWorkspace());
      const other = await claim("cleo", workspace);
      expect(other).not.toBe(workspace);
      expect(await store.findIdentity("cleo")).toBe(other);
    });

    test("gets a new workspace where the browser holds none, or one that is gone", async () => {
      const mine = await claim("dora", null);
      expect(await claim("emil", "gone")).not.toBe("gone");
      const binId = "b".repeat(20);
      const bin = { id: binId, workspaceId: mine, name: null, reply: null, createdAt: AT };
      await store.write("createBin", bin);
      expect((await store.findBin(binId))!.workspaceId).toBe(mine);
    });

    test("has one workspace, however many nodes give one at the same moment", async () => {
      const other = await openTestStore(url);
      try {
        const claims = Array.from({ length: 20 }, (_, i) =>
          claim("fay", null, i % 2 ? store : other),
        );
        expect(new Set(await Promise.all(claims)).size).toBe(1);
      } finally {
        await other.close();
      }
    });
  });
});
