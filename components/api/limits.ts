import { requestJson } from "#components/api/request.ts";
import type { InstanceLimits } from "#lib/contract/instance-limits.ts";

export function getLimits(): Promise<InstanceLimits> {
  return requestJson("/limits");
}
