import { readAsUtf8 } from "#components/capture/read-as-utf8.ts";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { PairTable } from "#components/ui/pair-table.tsx";
import { Section } from "#components/ui/section.tsx";
import { readText } from "#components/values/insights.ts";
import { ValueHint } from "#components/values/value-hint.tsx";
import type { HeaderPair } from "#lib/contract/reply.ts";

type HeaderSectionProps = { title: string; headers: HeaderPair[] };

/** Header lines as they came: order, case and duplicates. */
export function HeaderSection({ title, headers }: HeaderSectionProps) {
  const lines = headers.map(([name, value]) => `${name}: ${value}`).join("\n");
  return (
    <Section
      title={title}
      count={headers.length}
      actions={
        headers.length > 0 && <CopyButton text={lines} label={`Copy all ${title.toLowerCase()}`} />
      }
    >
      {headers.length > 0 ? (
        <PairTable
          pairs={headers.map(([name, value]) => ({ name, value }))}
          interpret={readBytes}
          extra={hint}
        />
      ) : (
        <p className="text-faint text-sm">None were sent.</p>
      )}
    </Section>
  );
}

function readBytes(value: string) {
  const text = readAsUtf8(value);
  return text === null ? null : { as: "as UTF-8", text };
}

/** Tokens, credentials and times. */
function hint(_: string, value: string) {
  const insight = readText(value);
  return insight && <ValueHint insight={insight} />;
}
