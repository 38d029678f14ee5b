import { CopyButton } from "#components/ui/copy-button.tsx";
import { Exact } from "#components/ui/exact.tsx";

type PairTableProps = {
  /** In the order that they were sent; a null value is one that was not there. */
  pairs: { name: string; value: string | null }[];
};

/** Names and values line by line. Names may repeat. */
export function PairTable({ pairs }: PairTableProps) {
  return (
    <dl className="divide-y rounded-md border">
      {pairs.map(({ name, value }, index) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes, and names repeat
          key={index}
          className="group relative grid gap-x-4 px-3 py-1 hover:bg-subtle sm:grid-cols-[minmax(120px,28%)_minmax(0,1fr)]"
        >
          <dt className="as-sent text-muted text-xs leading-5">
            <Exact text={name} />
          </dt>
          <dd className="as-sent whitespace-pre-wrap pr-7 text-xs leading-5">
            {value === null ? <span className="text-faint">no value</span> : <Exact text={value} />}
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
