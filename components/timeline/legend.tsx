import { KINDS, SHOWN_KINDS } from "#components/timeline/kinds.ts";
import type { TimelineBucket } from "#lib/contract/timeline.ts";

/** What there is of each kind, in words and numbers: the colour only repeats it. */
export function Legend({ sum, about }: { sum: TimelineBucket; about: boolean }) {
  return (
    <ul className="flex min-w-0 flex-wrap gap-x-3 text-muted text-xs">
      {SHOWN_KINDS.filter((kind) => sum[kind] > 0).map((kind) => (
        <li key={kind} title={KINDS[kind].title} className="flex items-center gap-1.5">
          <svg width="8" height="8" aria-hidden="true" className="shrink-0">
            <rect width="8" height="8" rx="1" fill={KINDS[kind].fill} />
          </svg>
          <span className="whitespace-nowrap">
            {about && "about "}
            {sum[kind].toLocaleString("en")} {sum[kind] === 1 ? KINDS[kind].one : KINDS[kind].many}
          </span>
        </li>
      ))}
    </ul>
  );
}
