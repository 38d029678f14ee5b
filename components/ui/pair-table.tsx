import type { ReactNode } from "react";
import { Added } from "#components/ui/added.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { LongExact } from "#components/ui/long-exact.tsx";

type PairTableProps = {
  /** In the order that they were sent; a null value is one that was not there. */
  pairs: { name: string; value: string | null }[];
  /** What Inlet reads in a value, where that is something else than what is shown. */
  interpret?: (value: string) => { as: string; text: string } | null;
  /** What stands behind a value, if anything. */
  extra?: (name: string, value: string) => ReactNode;
};

/** Names and values line by line. Names may repeat. */
export function PairTable({ pairs, interpret, extra }: PairTableProps) {
  return (
    <dl className="grid grid-cols-[minmax(0,1fr)] divide-y overflow-hidden rounded-md border sm:grid-cols-[fit-content(36%)_minmax(0,1fr)]">
      {pairs.map(({ name, value }, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and names repeat
          key={index}
          className="group relative col-span-full grid grid-cols-subgrid gap-x-6 px-3 py-1 hover:bg-subtle"
        >
          <dt className="as-sent text-muted text-xs leading-5">
            <LongExact text={name} />
          </dt>
          <dd className="pr-7">
            <Value name={name} value={value} interpret={interpret} extra={extra} />
            {value !== null && (
              <CopyButton
                text={value}
                label={`Copy value of ${name}`}
                className="absolute top-0.5 right-1 opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
              />
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

type ValueProps = { name: string; value: string | null } & Pick<
  PairTableProps,
  "interpret" | "extra"
>;

function Value({ name, value, interpret, extra }: ValueProps) {
  if (value === null) return <span className="text-faint text-xs leading-5">no value</span>;
  if (value === "") return <span className="text-faint text-xs leading-5">empty</span>;
  const reading = interpret?.(value);
  return (
    <div className="as-sent whitespace-pre-wrap text-xs leading-5">
      <LongExact text={value} />
      {extra?.(name, value)}
      {reading && (
        <div className="text-muted">
          <span className="font-sans">
            <Added>{reading.as}</Added>
          </span>{" "}
          <LongExact text={reading.text} />
        </div>
      )}
    </div>
  );
}
