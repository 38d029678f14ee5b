import type { BulkDelivery, BulkResend } from "./contract/bulk-resend.ts";
import type { BulkDeliveryRecord, BulkResendRecord } from "./store/bulk-resends.ts";

export function presentBulkResend(bulk: BulkResendRecord, estimatedEndAt: Date | null): BulkResend {
  const { succeeded, other, failed, skipped } = bulk;
  return {
    id: bulk.id,
    binId: bulk.binId,
    url: bulk.url,
    path: bulk.path,
    gaps: bulk.gaps,
    ratePerSecond: bulk.ratePerSecond,
    concurrency: bulk.concurrency,
    followRedirects: bulk.followRedirects,
    timeoutMs: bulk.timeoutMs,
    q: bulk.query,
    state: bulk.state,
    total: bulk.total,
    sent: succeeded + other + failed,
    succeeded,
    other,
    failed,
    skipped,
    startedAt: bulk.startedAt.toISOString(),
    endedAt: bulk.endedAt?.toISOString() ?? null,
    estimatedEndAt: estimatedEndAt?.toISOString() ?? null,
  };
}

export function presentBulkDelivery(record: BulkDeliveryRecord): BulkDelivery {
  const { index, id, captureId, seq, method, url, startedAt, outcome, result } = record;
  return {
    index,
    deliveryId: id,
    captureId,
    seq,
    method,
    url,
    startedAt: startedAt.toISOString(),
    outcome,
    status: result.response?.status ?? null,
    error: result.error,
  };
}
