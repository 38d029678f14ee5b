import type { FormattedJson, JsonTokenKind } from "#components/share/json-format.ts";
import { TextBlock } from "#components/share/text-block.tsx";
import { Exact } from "#components/ui/exact.tsx";

/** Beyond this, telling keys from values by colour costs more than it helps. */
const MAX_COLOURED_TOKENS = 6_000;

const COLOURS: Record<JsonTokenKind, string> = {
  plain: "text-faint",
  key: "text-muted",
  string: "text-ink",
  number: "text-accent",
  literal: "text-accent",
};

export function JsonView({ tokens }: Pick<FormattedJson, "tokens">) {
  if (tokens.length > MAX_COLOURED_TOKENS) {
    return <TextBlock text={tokens.map((token) => token.text).join("")} />;
  }
  return (
    <pre className="as-sent whitespace-pre-wrap text-xs leading-5">
      {tokens.map(({ kind, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the tokens of one body never change
        <span key={index} className={COLOURS[kind]}>
          {kind === "plain" ? text : <Exact text={text} />}
        </span>
      ))}
    </pre>
  );
}
