import { splitInvisible } from "#components/ui/visible-text.ts";

/** A text that somebody sent, with invisible characters shown by their code point. */
export function Exact({ text }: { text: string }) {
  return splitInvisible(text).map((part) =>
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
