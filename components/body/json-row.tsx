import { keyEnd } from "#components/body/json-path.ts";
import { Marked } from "#components/body/marked.tsx";
import { childCount, closes, opens } from "#components/body/outline.ts";
import { Folded, type RowProps, shownEnd, TreeRow } from "#components/body/tree-row.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { readNumber, readText } from "#components/values/insights.ts";
import { ValueHint } from "#components/values/value-hint.tsx";

/** A line of JSON as it would be written out, in the characters that were sent. */
export function JsonRow(props: RowProps) {
  const { text, outline, row, isFolded, flow, marks } = props;
  const { start, value, end, depth, partner } = outline;
  const from = start[row]!;
  const at = value[row]!;
  const isOpener = opens(outline, row);
  const next = isFolded ? partner[row]! + 1 : row + 1;
  // Lines of NDJSON have none in between.
  const hasComma =
    depth[row]! > 0 && (!isOpener || isFolded) && next < outline.length && !closes(outline, next);
  const keyTo = from < at ? keyEnd(text, outline, row) : from;
  return (
    <TreeRow {...props}>
      {from < at && (
        <>
          <span className="text-blue">
            <Marked text={text} from={from} to={shownEnd(from, keyTo, flow)} marks={marks} />
          </span>
          <span className="text-faint">: </span>
        </>
      )}
      {isFolded ? (
        <FoldedValue {...props} at={at} end={end[row]!} />
      ) : isOpener ? (
        <span className="text-faint">{text[at]}</span>
      ) : (
        <Scalar {...props} at={at} end={end[row]!} comma={hasComma} />
      )}
      {hasComma && (isFolded || isOpener) && <span className="text-faint">,</span>}
    </TreeRow>
  );
}

type ValueProps = RowProps & { at: number; end: number };

/** What is shown of the source of a folded value, which tells more than how much it is. */
const PREVIEW = 160;

function FoldedValue({ text, outline, row, marks, at, end }: ValueProps) {
  const to = end - at > PREVIEW ? at + PREVIEW : end;
  const line = text.indexOf("\n", at);
  const count = formatCount(childCount(outline, row), text[at] === "{" ? "key" : "item");
  if (line !== -1 && line < to) {
    return (
      <span className="text-faint">
        {text[at]}
        <Folded>{count}</Folded>
        {text[end - 1]}
      </span>
    );
  }
  return (
    <span className="text-muted">
      <Marked text={text} from={at} to={to} marks={marks} />
      <Folded>{to < end ? `… ${count}` : count}</Folded>
    </span>
  );
}

const MAX_READ = 4_000;

function Scalar(props: ValueProps & { comma: boolean }) {
  const { text, outline, row, flow, marks, at, end, comma } = props;
  if (closes(outline, row))
    return <span className="text-faint">{`${text[at]}${comma ? "," : ""}`}</span>;
  const to = shownEnd(at, end, flow);
  const isString = text[at] === '"';
  const insight = end - at > MAX_READ ? null : insightOf(text.slice(at, end));
  return (
    <>
      <span className={colourOf(text[at]!)}>
        <Marked text={text} from={at} to={to} marks={marks} />
      </span>
      {to < end && (
        <Folded>… {formatCount(end - at - (isString ? 2 : 0), "character")} in all</Folded>
      )}
      {comma && <span className="text-faint">,</span>}
      {insight && <ValueHint insight={insight} tabIndex={-1} />}
    </>
  );
}

function colourOf(first: string): string {
  if (first === '"') return "text-green";
  if (/[-\d]/.test(first)) return "text-accent";
  return /[tfn]/.test(first) ? "text-violet" : "text-faint";
}

/** What is to be read in a JSON value, given as it was sent. */
export function insightOf(source: string) {
  if (/^[-\d]/.test(source)) return readNumber(source);
  if (!source.startsWith('"')) return null;
  try {
    return readText(JSON.parse(source) as string);
  } catch {
    return null;
  }
}
