import { Exact } from "#components/ui/exact.tsx";

const CHUNK = 16 * 1024;

/** Pieces that end at line ends, so that each can be laid out by itself. */
export function splitLines(text: string): string[] {
  const chunks: string[] = [];
  let from = 0;
  while (text.length - from > CHUNK) {
    const end = text.indexOf("\n", from + CHUNK);
    if (end === -1) break;
    chunks.push(text.slice(from, end));
    from = end + 1;
  }
  chunks.push(text.slice(from));
  return chunks;
}

/** A long text that only lays out what is on screen, and can still be searched and copied. */
export function TextBlock({ text, wrap = true }: { text: string; wrap?: boolean }) {
  return (
    <pre
      data-scrolls
      className={
        wrap
          ? "as-sent whitespace-pre-wrap text-xs leading-5"
          : "overflow-x-auto whitespace-pre font-mono text-xs leading-5"
      }
    >
      {splitLines(text).map((chunk, index, chunks) => (
        <div
          // biome-ignore lint/suspicious/noArrayIndexKey: chunks are only ever added at the end
          key={index}
          className="[contain-intrinsic-size:auto_4000px] [content-visibility:auto]"
        >
          <Exact text={chunk} />
          {index < chunks.length - 1 && "\n"}
        </div>
      ))}
    </pre>
  );
}
