import { expect, test } from "vitest";
import { createSessions, type Session, type SessionDuration } from "./sessions.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEK: SessionDuration = { lifetimeMs: 7 * DAY_MS, isExtended: false };
const MONTH: SessionDuration = { lifetimeMs: 30 * DAY_MS, isExtended: true };

/** Sessions that are kept in memory, and the time there. */
function sessionsFor(duration: SessionDuration, key = "key") {
  const kept = new Map<string, Session>();
  const clock = { ms: 0, writes: 0 };
  const withKey = (bytes: string) =>
    createSessions({
      ...duration,
      isTls: false,
      key: Buffer.from(bytes),
      async createSession({ hash, ...session }) {
        kept.set(hash, session);
      },
      async findSession(hash, now) {
        const session = kept.get(hash);
        return session && session.expiresAt > now ? session : null;
      },
      async extendSession(id, expiresAt) {
        clock.writes += 1;
        for (const session of kept.values()) if (session.id === id) session.expiresAt = expiresAt;
      },
      async endSession() {},
      now: () => new Date(clock.ms),
    });
  return { sessions: withKey(key), withKey, clock, kept };
}

const nobody = { key: null, name: null };

test("a session that is used lasts on, written down once a day at most", async () => {
  const { sessions, clock } = sessionsFor(MONTH);
  const cookie = (await sessions.start(nobody)).split(";")[0]!;
  for (let hour = 0; hour < 24 * 100; hour++) {
    clock.ms += DAY_MS / 24;
    expect(await sessions.find(cookie)).not.toBeNull();
  }
  expect(clock.writes).toBeGreaterThan(90);
  expect(clock.writes).toBeLessThanOrEqual(100);
  clock.ms += 30 * DAY_MS;
  expect(await sessions.find(cookie)).toBeNull();
});

test("one that a provider began ends a week after it began, used or not", async () => {
  const { sessions, clock } = sessionsFor(WEEK);
  const cookie = (await sessions.start({ key: "ann", name: "Ann" })).split(";")[0]!;
  clock.ms = 7 * DAY_MS - 1;
  expect(await sessions.find(cookie)).toMatchObject({ person: "ann", name: "Ann" });
  clock.ms += 1;
  expect(await sessions.find(cookie)).toBeNull();
  expect(clock.writes).toBe(0);
});

test("its secret is not kept, and opens nothing under another key", async () => {
  const { sessions, withKey, kept } = sessionsFor(WEEK);
  const cookie = (await sessions.start(nobody)).split(";")[0]!;
  const secret = cookie.slice("inlet_session=".length);
  expect(JSON.stringify([...kept])).not.toContain(secret);
  expect(await sessions.find(`a=b; ${cookie}; inlet=${secret}`)).not.toBeNull();
  expect(await withKey("another key").find(cookie)).toBeNull();
  for (const other of [undefined, "", "inlet_session=", `inlet=${secret}`, `${cookie}x`]) {
    expect(await sessions.find(other)).toBeNull();
  }
});
