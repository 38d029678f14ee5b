import { beforeEach, describe, expect, test, vi } from "vitest";
import { lastUses, type Use } from "./last-uses.ts";

const AT = new Date("2026-03-01T12:00:00.000Z");
const later = (seconds: number) => new Date(AT.getTime() + seconds * 1000);

describe("the last use of a token", () => {
  let written: Use[][];
  let errors: unknown[];
  let write: (uses: Use[]) => Promise<void>;
  beforeEach(() => {
    written = [];
    errors = [];
    write = async (uses) => void written.push(uses);
  });
  const make = () =>
    lastUses(
      (uses) => write(uses),
      (error) => errors.push(error),
    );

  test("of many requests is one write, of all tokens that were used", async () => {
    const uses = make();
    for (let i = 0; i < 100; i++) {
      uses.note({ id: "a", lastUsedAt: null }, later(i / 100), "curl");
      uses.note({ id: "b", lastUsedAt: later(-60) }, later(i / 100), null);
    }
    expect(written).toEqual([]);
    await uses.flush();
    expect(written).toEqual([
      [
        { id: "a", lastUsedAt: AT, agent: "curl" },
        { id: "b", lastUsedAt: AT, agent: null },
      ],
    ]);
  });

  test("is not written again within a minute", async () => {
    const uses = make();
    uses.note({ id: "a", lastUsedAt: AT }, later(59.9), null);
    await uses.flush();
    expect(written).toEqual([]);
    uses.note({ id: "a", lastUsedAt: AT }, later(60), null);
    await uses.flush();
    expect(written).toHaveLength(1);
  });

  test("is not noted again while it is being written", async () => {
    let finish = () => {};
    const uses = make();
    write = (some) => {
      written.push(some);
      return new Promise((resolve) => {
        finish = resolve;
      });
    };
    uses.note({ id: "a", lastUsedAt: null }, AT, null);
    const flushed = uses.flush();
    uses.note({ id: "a", lastUsedAt: null }, later(1), null);
    finish();
    await flushed;
    await uses.flush();
    expect(written).toHaveLength(1);
  });

  test("that cannot be written fails no request, and the next one is written", async () => {
    const uses = make();
    const failure = new Error("disk full");
    write = vi.fn().mockRejectedValueOnce(failure).mockResolvedValue(undefined);
    uses.note({ id: "a", lastUsedAt: null }, AT, null);
    await uses.flush();
    expect(errors).toEqual([failure]);
    uses.note({ id: "a", lastUsedAt: null }, later(1), null);
    await uses.flush();
    expect(write).toHaveBeenCalledTimes(2);
  });
});
