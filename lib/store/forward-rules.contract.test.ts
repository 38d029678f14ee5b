import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FORWARD_RULES_MAX } from "../contract/limits.ts";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCaptures, openTestStore, type TestStore, upTo } from "../testing/store.ts";
import type { NewForwardRule } from "./forward-rules.ts";
import type { ForwardRuleRecord } from "./records.ts";

const AT = new Date("2026-11-21T12:00:00.123Z");

describe.each(PROVIDERS)("forward rules on %s", (provider) => {
  let store: TestStore;
  let serial = 0;

  beforeAll(async () => {
    store = await openTestStore(await newDatabaseUrl(provider));
  });
  afterAll(() => store.close());

  const newRule = (binId: string, change: Partial<NewForwardRule> = {}): NewForwardRule => {
    serial += 1;
    return {
      id: `rule-${serial}`,
      binId,
      createdAt: new Date(AT.getTime() + serial),
      url: "http://target/\u00e9?a=b",
      name: "\u{1f375}",
      query: "method:POST",
      path: "replace",
      enabled: true,
      maxAttempts: 3,
      timeoutMs: 1000,
      answerSender: false,
      answerTimeoutMs: 2000,
      ...change,
    };
  };
  const create = async (rule: NewForwardRule) => {
    const created = await store.write("createForwardRule", rule);
    expect(created).toBeTypeOf("object");
    return created as ForwardRuleRecord;
  };

  test("come back as they were stored, and begin after the captures of now", async () => {
    const binId = await store.newBin();
    await store.append(newCaptures(binId, 3));
    const rule = newRule(binId);
    const record = { ...rule, forwardedSeq: 3, succeeded: 0 };
    expect(await create(rule)).toEqual(record);
    expect(await store.findForwardRule(rule.id)).toEqual(record);
    const second = await create(newRule(binId, { query: null, name: null }));
    expect(await store.forwardRulesOf(binId)).toEqual([record, second]);
    expect(await store.countForwards(record)).toEqual({ waiting: 0, failed: 0 });
  });

  test("change what is given; enabled again, they begin after the captures of then", async () => {
    const binId = await store.newBin();
    const rule = await create(newRule(binId));
    const update = (change: object) => store.write("updateForwardRule", binId, rule.id, change);
    expect(await update({ enabled: false, url: "http://b/" })).toEqual({
      ...rule,
      enabled: false,
      url: "http://b/",
    });
    await store.append(newCaptures(binId, 2));
    expect(await update({ name: null })).toMatchObject({ forwardedSeq: 0, name: null });
    expect(await update({ enabled: true })).toMatchObject({ forwardedSeq: 2 });
    await store.append(newCaptures(binId, 1));
    expect(await update({ enabled: true })).toMatchObject({ forwardedSeq: 2 });
    expect(await store.write("updateForwardRule", binId, "nothing", {})).toBeNull();
  });

  test("are so many, of which one that is enabled answers the sender", async () => {
    const binId = await store.newBin();
    const first = await create(newRule(binId, { answerSender: true }));
    const another = newRule(binId, { answerSender: true });
    expect(await store.write("createForwardRule", another)).toBe("other_answers");
    const second = await create({ ...another, enabled: false });
    const enable = () => store.write("updateForwardRule", binId, second.id, { enabled: true });
    expect(await enable()).toBe("other_answers");
    await store.write("updateForwardRule", binId, first.id, { enabled: false });
    expect(await enable()).toMatchObject({ enabled: true });
    for (const _ of upTo(FORWARD_RULES_MAX - 2)) await create(newRule(binId));
    expect(await store.write("createForwardRule", newRule(binId))).toBe("too_many");
    expect(await store.write("deleteForwardRule", first.id, AT)).toBe(true);
    await create(newRule(binId));
  });

  test("are gone at once, and with their bin", async () => {
    const binId = await store.newBin();
    const rule = await create(newRule(binId));
    expect(await store.write("deleteForwardRule", rule.id, AT)).toBe(true);
    expect(await store.write("deleteForwardRule", rule.id, AT)).toBe(false);
    expect(await store.findForwardRule(rule.id)).toBeNull();
    expect(await store.forwardRulesOf(binId)).toEqual([]);
    const other = await create(newRule(binId));
    await store.write("deleteBin", binId, AT);
    await expect.poll(() => store.findForwardRule(other.id)).toBeNull();
    expect(await store.write("createForwardRule", newRule(binId))).toBe("bin_gone");
    expect(store.errors).toEqual([]);
  });
});
