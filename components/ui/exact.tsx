import { replaceInvisible, splitInvisible } from "#components/ui/visible-text.ts";

/** A text full of control characters would be a page full of elements. */
const MAX_MARKS = 500;

/** A text that somebody sent, with invisible characters shown by their code point. */
export function Exact({ text }: { text: string }) {
  const parts = splitInvisible(text, MAX_MARKS);
  if (parts === null) return replaceInvisible(text);
  return parts.map((part) =>
    part.code === null ? (
      part.text
    ) : (
      <span
        key={part.start}
        title={`${part.code}, an invisible character`}
        className="mx-px rounded-sm bg-amber-soft px-0.5 text-[0.85em] text-amber"
      >
        {part.code}
      </span>
    ),
  );
}
