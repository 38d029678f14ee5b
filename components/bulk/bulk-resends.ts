import { requestJson } from "#components/api/request.ts";
import type { Found } from "#components/captures/found.ts";
import type { BulkResend, BulkResends } from "#lib/contract/bulk-resend.ts";

/** Which captures somebody is about to send again, and how many that are, as far as is known. */
export type BulkScope =
  | { ids: readonly string[] }
  | { found: Found }
  | { unsuccessfulOf: BulkResend };

type State = {
  bulks: ReadonlyMap<string, BulkResend>;
  /** Those that this page saw before they ended: their summary stays until it is closed. */
  seen: ReadonlySet<string>;
  /** What the dialog is open for. */
  scope: BulkScope | null;
};

/** The summary of one that ended while nobody looked is shown for so long. */
const RECENT_MS = 60 * 60 * 1000;

let state: State = { bulks: new Map(), seen: new Set(), scope: null };
const listeners = new Set<() => void>();

function change(changed: Partial<State>): void {
  state = { ...state, ...changed };
  for (const listener of listeners) listener();
}

export const bulkResends = {
  get: () => state,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
};

export function openBulkResend(scope: BulkScope | null): void {
  change({ scope });
}

const progressOf = ({ sent, skipped }: BulkResend): number => sent + skipped;

/** What was told later comes with more of it sent; an answer that is late changes nothing. */
export function noteBulkResends(told: readonly BulkResend[]): void {
  const bulks = new Map(state.bulks);
  const seen = new Set(state.seen);
  for (const bulk of told) {
    const known = bulks.get(bulk.id);
    if (known && progressOf(known) > progressOf(bulk)) continue;
    bulks.set(bulk.id, bulk);
    if (bulk.endedAt === null) seen.add(bulk.id);
  }
  change({ bulks, seen });
}

export function isShown(bulk: BulkResend, { seen }: Pick<State, "seen">): boolean {
  if (bulk.endedAt === null || seen.has(bulk.id)) return true;
  return Date.now() - Date.parse(bulk.endedAt) < RECENT_MS;
}

export async function loadBulkResends(binId: string): Promise<void> {
  const { bulkResends: told } = await requestJson<BulkResends>(`/bins/${binId}/bulk-resends`);
  noteBulkResends(told);
}
