import { MarkupText } from "#components/body/markup-text.tsx";
import { markupTokens } from "#components/body/markup-tokens.ts";
import { opens } from "#components/body/outline.ts";
import { Folded, type RowProps, shownEnd, TreeRow } from "#components/body/tree-row.tsx";
import { formatCount } from "#components/ui/format-count.ts";

/** A line of XML: a tag, a text, or a short element whole. */
export function XmlRow(props: RowProps) {
  const { text, outline, row, isFolded, flow, marks } = props;
  const from = outline.start[row]!;
  const whole = opens(outline, row)
    ? tagEnd(text, from, outline.start[row + 1]!)
    : outline.end[row]!;
  const to = shownEnd(from, whole, flow);
  return (
    <TreeRow {...props}>
      <MarkupText text={text} tokens={tokensOf(text, from, to)} from={from} to={to} marks={marks} />
      {to < whole && <Folded>… {formatCount(whole - from, "character")} in all</Folded>}
      {isFolded && (
        <>
          <Folded>{formatCount(outline.partner[row]! - row - 1, "line")}</Folded>
          <MarkupText
            text={text}
            tokens={tokensOf(text, outline.start[outline.partner[row]!]!, outline.end[row]!)}
            from={outline.start[outline.partner[row]!]!}
            to={outline.end[row]!}
            marks={marks}
          />
        </>
      )}
    </TreeRow>
  );
}

function tokensOf(text: string, from: number, to: number) {
  const tokens = markupTokens(text.slice(from, to));
  return { ...tokens, at: tokens.at.map((at) => at + from) };
}

/** The white space before the next row is not the tag's. */
function tagEnd(text: string, from: number, next: number): number {
  return from + text.slice(from, next).trimEnd().length;
}
