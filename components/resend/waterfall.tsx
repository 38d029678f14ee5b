import { cn } from "#components/ui/cn.ts";
import type { DeliveryTimings } from "#lib/contract/delivery.ts";

const PHASES = [
  { key: "dns", label: "DNS", color: "bg-violet" },
  { key: "connect", label: "Connect", color: "bg-amber" },
  { key: "tls", label: "TLS", color: "bg-blue" },
  { key: "firstByte", label: "First byte", color: "bg-green" },
] as const;

export function formatMs(ms: number): string {
  if (ms >= 10_000) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 10 ? `${Math.round(ms).toLocaleString("en")} ms` : `${ms.toFixed(1)} ms`;
}

/** How long each phase took, one after another, on one line's length. */
export function Waterfall({ timings }: { timings: DeliveryTimings }) {
  const total = Math.max(timings.total, 0.01);
  let start = 0;
  const bars = PHASES.map((phase) => {
    const ms = timings[phase.key];
    const from = start;
    start += ms ?? 0;
    return { ...phase, ms, from };
  });
  const rest = Math.max(0, timings.total - start);
  const all = [
    ...bars,
    { key: "rest", label: "Rest", color: "bg-line-strong", ms: rest, from: start },
  ];
  return (
    <dl className="grid grid-cols-[auto_auto_minmax(0,1fr)] items-center gap-x-3 gap-y-1 text-xs">
      {all.map(({ key, label, color, ms, from }) => (
        <div key={key} className="col-span-full grid grid-cols-subgrid items-center">
          <dt className="text-muted">{label}</dt>
          <dd className="text-right font-mono">{ms === null ? "–" : formatMs(ms)}</dd>
          <dd aria-hidden className="relative h-2 rounded-sm bg-subtle">
            {ms !== null && (
              <div
                className={cn("absolute inset-y-0 min-w-px rounded-sm", color)}
                style={{
                  left: `${Math.min(99.5, (from / total) * 100)}%`,
                  width: `${Math.min(100, (ms / total) * 100)}%`,
                }}
              />
            )}
          </dd>
        </div>
      ))}
      <div className="col-span-full grid grid-cols-subgrid items-center border-t pt-1">
        <dt className="font-medium">Total</dt>
        <dd className="text-right font-medium font-mono">{formatMs(timings.total)}</dd>
      </div>
    </dl>
  );
}
