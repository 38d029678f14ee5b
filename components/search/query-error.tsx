import { Exact } from "#components/ui/exact.tsx";
import type { QueryError } from "#lib/search/query.ts";

/** Characters that are shown before and after the place. */
const AROUND = 24;

type QueryErrorNoticeProps = { id: string; text: string; error: QueryError; onShow: () => void };

/** What is wrong with a query, and where: the place is marked, and selected by a click. */
export function QueryErrorNotice({ id, text, error, onShow }: QueryErrorNoticeProps) {
  const { start, end, message } = error;
  const from = Math.max(0, start - AROUND);
  const until = Math.min(text.length, end + AROUND);
  const isLong = end - start > 60;
  return (
    <div id={id} role="alert" className="flex flex-col gap-0.5 text-red text-xs">
      <p>{message}</p>
      {text !== "" && (
        <button
          type="button"
          onClick={onShow}
          aria-label="Select the place in the search"
          className="as-sent w-fit max-w-full rounded text-left text-muted pointer-coarse:py-2"
        >
          {from > 0 && "…"}
          <Exact text={text.slice(from, start)} />
          <mark className="bg-red-soft text-red underline decoration-wavy underline-offset-2">
            {start === end ? (
              " "
            ) : (
              <Exact text={isLong ? `${text.slice(start, start + 60)}…` : text.slice(start, end)} />
            )}
          </mark>
          <Exact text={text.slice(end, until)} />
          {until < text.length && "…"}
        </button>
      )}
    </div>
  );
}
