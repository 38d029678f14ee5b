import { request, requestJson } from "#components/api/request.ts";
import type {
  CaptureForwards,
  Forward,
  ForwardPage,
  ForwardState,
  RetriedForwards,
} from "#lib/contract/forward.ts";
import type {
  CreateForwardRuleInput,
  ForwardRule,
  ForwardRuleList,
  UpdateForwardRule,
} from "#lib/contract/forward-rule.ts";

/** Oldest first. */
export function listRules(binId: string): Promise<ForwardRuleList> {
  return requestJson(`/bins/${binId}/rules`);
}

export function createRule(binId: string, input: CreateForwardRuleInput): Promise<ForwardRule> {
  return requestJson(`/bins/${binId}/rules`, { method: "POST", body: input });
}

export function updateRule(id: string, input: UpdateForwardRule): Promise<ForwardRule> {
  return requestJson(`/rules/${id}`, { method: "PATCH", body: input });
}

export async function deleteRule(id: string): Promise<void> {
  await request(`/rules/${id}`, { method: "DELETE" });
}

type ForwardsOptions = { state: ForwardState | null; limit: number };

/** By their captures, newest first. */
export function getForwards(ruleId: string, options: ForwardsOptions): Promise<ForwardPage> {
  const query = new URLSearchParams({ limit: String(options.limit) });
  if (options.state) query.set("state", options.state);
  return requestJson(`/rules/${ruleId}/forwards?${query}`);
}

export function getCaptureForwards(captureId: string): Promise<CaptureForwards> {
  return requestJson(`/captures/${captureId}/forwards`);
}

export function retryForward(id: string): Promise<Forward> {
  return requestJson(`/forwards/${id}/retry`, { method: "POST" });
}

/** All of the rule that have failed. */
export function retryFailed(ruleId: string): Promise<RetriedForwards> {
  return requestJson(`/rules/${ruleId}/retry`, { method: "POST" });
}
