import { customAlphabet } from "nanoid";
import type { Visitor } from "./access/access.ts";
import { ownBin } from "./bins.ts";
import { matchCapture } from "./capture/match.ts";
import { ownCapture } from "./captures.ts";
import type { Forward } from "./contract/forward.ts";
import type { ForwardRule, UpdateForwardRule } from "./contract/forward-rule.ts";
import { BIN_ID_ALPHABET, BIN_ID_LENGTH } from "./contract/ids.ts";
import { FORWARD_RULES_MAX } from "./contract/limits.ts";
import { AppError, notFound, type Thing } from "./errors.ts";
import type { Forwards } from "./runtime.ts";
import { parseQuery } from "./search/parse.ts";
import type { RuleRefusal } from "./store/forward-rules.ts";
import type { ForwardRecord, ForwardRuleRecord } from "./store/records.ts";
import type { Store } from "./store/store.ts";

const newRuleId = customAlphabet(BIN_ID_ALPHABET, BIN_ID_LENGTH);
/** Failed forwards that one write makes wait again. */
const RETRY_STEP = 1_000;

export type ForwardRulesOptions = {
  store: Pick<
    Store,
    | "findBin"
    | "findCapture"
    | "findForwardRule"
    | "forwardRulesOf"
    | "countForwards"
    | "findForward"
    | "forwardsOf"
    | "forwardsOfCapture"
    | "write"
  >;
  /** `.hooks.example.com`; null without `CAPTURE_HOST`. */
  hostSuffix: string | null;
  now(): Date;
  /** Rules of this bin were made, changed or deleted; resolves when that has its effect here. */
  onChanged(binId: string): Promise<void>;
  /** Forwards of this rule are due. */
  onDue(ruleId: string): void;
};

const invalid = (field: string, message: string) =>
  new AppError("invalid_request", message, { errors: [{ field, message }] });

const presentTime = (time: Date | null) => time?.toISOString() ?? null;

export function presentForward(record: ForwardRecord, ruleUrl: string): Forward {
  const { id, ruleId, binId, captureId, seq, state, attempts } = record;
  const { lastDeliveryId, status, error } = record;
  return {
    id,
    ruleId,
    binId,
    captureId,
    seq,
    url: record.url ?? ruleUrl,
    state,
    attempts,
    nextAttemptAt: presentTime(record.nextAttemptAt),
    lastDeliveryId,
    status,
    error,
    createdAt: record.createdAt.toISOString(),
    endedAt: presentTime(record.endedAt),
  };
}

/** @throws AppError `invalid_request` that points at what is wrong */
function checkQuery(query: string | null | undefined): void {
  if (!query) return;
  const parsed = parseQuery(query);
  if (parsed.ok) return;
  const { message, start, end } = parsed.error;
  throw new AppError("invalid_request", `Correct query at character ${start + 1}: ${message}`, {
    errors: [{ field: "query", message, start, end }],
  });
}

export function createForwardRules(options: ForwardRulesOptions): Forwards {
  const { store, hostSuffix, now, onChanged, onDue } = options;

  const own = async (
    visitor: Visitor | null,
    id: string,
    what: Thing = "rule",
  ): Promise<ForwardRuleRecord> => {
    const rule = visitor && (await store.findForwardRule(id));
    if (!rule) throw notFound(what);
    await ownBin(store, visitor, rule.binId, what);
    return rule;
  };

  const ownForward = async (visitor: Visitor | null, id: string) => {
    const forward = visitor && (await store.findForward(id));
    if (!forward) throw notFound("forward");
    return { forward, rule: await own(visitor, forward.ruleId, "forward") };
  };

  const present = async (rule: ForwardRuleRecord): Promise<ForwardRule> => {
    const { forwardedSeq: _, createdAt, ...shown } = rule;
    return { ...shown, createdAt: createdAt.toISOString(), ...(await store.countForwards(rule)) };
  };

  const check = (binId: string, { url, query }: UpdateForwardRule): void => {
    checkQuery(query);
    if (url === undefined) return;
    const { pathname, host } = new URL(url);
    if (matchCapture(pathname, () => host, hostSuffix)?.binId !== binId) return;
    throw invalid("url", "This is the bin's own URL: its captures would come back for ever.");
  };

  const accepted = (result: ForwardRuleRecord | RuleRefusal | null): ForwardRuleRecord => {
    if (result === null) throw notFound("rule");
    if (typeof result === "object") return result;
    if (result === "bin_gone") throw notFound("bin");
    if (result === "too_many") {
      const message = `A bin has at most ${FORWARD_RULES_MAX} forward rules: delete one first.`;
      throw new AppError("invalid_request", message);
    }
    const message = "Another rule of this bin answers the sender: disable it, or its answerSender.";
    throw invalid("answerSender", message);
  };

  const checkEnabled = ({ enabled }: ForwardRuleRecord): void => {
    if (enabled) return;
    throw new AppError("invalid_request", "The rule is disabled: enable it, then retry.");
  };

  return {
    async create(visitor, binId, input) {
      await ownBin(store, visitor, binId);
      check(binId, input);
      const rule = { ...input, id: newRuleId(), binId, createdAt: now() };
      const created = accepted(await store.write("createForwardRule", rule));
      await onChanged(binId);
      return present(created);
    },
    async list(visitor, binId) {
      await ownBin(store, visitor, binId);
      return { rules: await Promise.all((await store.forwardRulesOf(binId)).map(present)) };
    },
    async get(visitor, id) {
      return present(await own(visitor, id));
    },
    async update(visitor, id, change) {
      const { binId } = await own(visitor, id);
      check(binId, change);
      const updated = accepted(await store.write("updateForwardRule", binId, id, change));
      await onChanged(binId);
      return present(updated);
    },
    async delete(visitor, id) {
      const { binId } = await own(visitor, id);
      await store.write("deleteForwardRule", id, now());
      await onChanged(binId);
    },
    async retryFailed(visitor, id) {
      checkEnabled(await own(visitor, id));
      let retried = 0;
      for (let step = RETRY_STEP; step === RETRY_STEP; retried += step) {
        step = await store.write("retryForwards", id, RETRY_STEP, now());
        if (step > 0) onDue(id);
      }
      return { retried };
    },
    async page(visitor, id, query) {
      const rule = await own(visitor, id);
      const { forwards, hasMore } = await store.forwardsOf(rule, query);
      return { forwards: forwards.map((forward) => presentForward(forward, rule.url)), hasMore };
    },
    async ofCapture(visitor, captureId) {
      const { binId } = await ownCapture(store, visitor, captureId);
      const forwards = await store.forwardsOfCapture(captureId);
      const rules = await store.forwardRulesOf(binId);
      const urls = new Map(rules.map(({ id, url }) => [id, url]));
      return {
        forwards: forwards.map((forward) => presentForward(forward, urls.get(forward.ruleId)!)),
      };
    },
    async retry(visitor, id) {
      const { rule } = await ownForward(visitor, id);
      checkEnabled(rule);
      const retried = await store.write("retryForward", id, now());
      if (!retried) {
        const message = "It has succeeded. To send the capture once more, resend it.";
        throw new AppError("invalid_request", message);
      }
      onDue(rule.id);
      return presentForward(retried, rule.url);
    },
  };
}
