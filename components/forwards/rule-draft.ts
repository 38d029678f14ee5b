import { usedTargets } from "#components/resend/used-targets.ts";
import type { CreateForwardRuleInput, ForwardRule } from "#lib/contract/forward-rule.ts";
import {
  FORWARD_ANSWER_TIMEOUT_MS,
  FORWARD_ATTEMPTS,
  FORWARD_TIMEOUT_MS,
} from "#lib/contract/limits.ts";
import type { InvalidField } from "#lib/contract/problem.ts";

/** As typed, right or wrong. */
export type RuleDraft = {
  url: string;
  name: string;
  query: string;
  path: "keep" | "replace";
  attempts: string;
  /** In seconds. */
  timeout: string;
  answerSender: boolean;
  answerTimeout: string;
};

export function draftRule(rule: ForwardRule | null): RuleDraft {
  return {
    url: rule?.url ?? usedTargets()[0] ?? "",
    name: rule?.name ?? "",
    query: rule?.query ?? "",
    path: rule?.path ?? "keep",
    attempts: String(rule?.maxAttempts ?? FORWARD_ATTEMPTS.default),
    timeout: String((rule?.timeoutMs ?? FORWARD_TIMEOUT_MS.default) / 1000),
    answerSender: rule?.answerSender ?? false,
    answerTimeout: String((rule?.answerTimeoutMs ?? FORWARD_ANSWER_TIMEOUT_MS.default) / 1000),
  };
}

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());
/** Empty text is no number: it must not count as 0. */
const toMs = (seconds: string) =>
  seconds.trim() === "" ? Number.NaN : Math.round(Number(seconds) * 1000);

export function toRuleInput(draft: RuleDraft): CreateForwardRuleInput {
  return {
    url: draft.url.trim(),
    name: orNull(draft.name),
    query: orNull(draft.query),
    path: draft.path,
    maxAttempts: Number(draft.attempts),
    timeoutMs: toMs(draft.timeout),
    answerSender: draft.answerSender,
    answerTimeoutMs: toMs(draft.answerTimeout),
  };
}

const FIELDS: Record<string, keyof RuleDraft> = {
  url: "url",
  name: "name",
  query: "query",
  path: "path",
  maxAttempts: "attempts",
  timeoutMs: "timeout",
  answerSender: "answerSender",
  answerTimeoutMs: "answerTimeout",
};

export type RuleErrors = Partial<Record<keyof RuleDraft | "other", string>>;

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

/** What the server says, beside the fields that it is about. */
export function toRuleErrors(fields: readonly InvalidField[]): RuleErrors {
  const errors: RuleErrors = {};
  for (const { field, message } of fields) errors[FIELDS[field] ?? "other"] ??= sentence(message);
  return errors;
}

type Range = { min: number; max: number };

function checkSeconds(text: string, { min, max }: Range): string | undefined {
  const ms = toMs(text);
  if (ms >= min && ms <= max) return undefined;
  return `Must be from ${min / 1000} to ${max / 1000} seconds`;
}

/** What is wrong without asking the server. */
export function checkRule(draft: RuleDraft): RuleErrors {
  const url = draft.url.trim();
  const attempts = Number(draft.attempts);
  const isUrl = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  const isCount = Number.isInteger(attempts) && attempts >= 1 && attempts <= FORWARD_ATTEMPTS.max;
  const errors: RuleErrors = {
    url: isUrl ? undefined : "Must be an http or https URL, as in https://example.com/webhooks",
    attempts: isCount ? undefined : `Must be a whole number from 1 to ${FORWARD_ATTEMPTS.max}`,
    timeout: checkSeconds(draft.timeout, FORWARD_TIMEOUT_MS),
    answerTimeout: draft.answerSender
      ? checkSeconds(draft.answerTimeout, FORWARD_ANSWER_TIMEOUT_MS)
      : undefined,
  };
  return Object.fromEntries(Object.entries(errors).filter(([, error]) => error !== undefined));
}
