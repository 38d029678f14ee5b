import { decodePairs } from "#components/body/decode-pairs.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { LongExact } from "#components/ui/long-exact.tsx";
import { PairTable } from "#components/ui/pair-table.tsx";
import { Section } from "#components/ui/section.tsx";

/** The query as it was sent, and decoded below it. */
export function QuerySection({ query }: { query: string }) {
  const pairs = decodePairs(query);
  return (
    <Section
      title="Query"
      count={pairs.length}
      added="decoded"
      actions={<CopyButton text={query} label="Copy the query as sent" />}
    >
      {pairs.length > 0 && <PairTable pairs={pairs} />}
      <p className="as-sent text-muted text-xs">
        <span className="font-sans text-faint">as sent </span>?<LongExact text={query} />
      </p>
    </Section>
  );
}
