import { Marked, type MarkedRanges } from "#components/body/marked.tsx";
import { MARKUP, type MarkupTokens } from "#components/body/markup-tokens.ts";

const COLOURS: Record<number, string> = {
  [MARKUP.text]: "text-ink",
  [MARKUP.tag]: "text-blue",
  [MARKUP.attribute]: "text-violet",
  [MARKUP.value]: "text-green",
  [MARKUP.comment]: "text-faint",
};

type MarkupTextProps = {
  text: string;
  tokens: MarkupTokens;
  from: number;
  to: number;
  marks: MarkedRanges;
};

/** A stretch of HTML or XML in colours. */
export function MarkupText({ text, tokens, from, to, marks }: MarkupTextProps) {
  const parts = [];
  for (let index = lastBeginning(tokens, from); index < tokens.length; index += 1) {
    const start = Math.max(from, tokens.at[index]!);
    const end = Math.min(to, index + 1 < tokens.length ? tokens.at[index + 1]! : text.length);
    if (start >= to) break;
    if (end <= start) continue;
    parts.push(
      <span key={start} className={COLOURS[tokens.kind[index]!]}>
        <Marked text={text} from={start} to={end} marks={marks} />
      </span>,
    );
  }
  return parts;
}

function lastBeginning({ at, length }: MarkupTokens, position: number): number {
  let low = 0;
  let high = Math.max(0, length - 1);
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (at[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
