"use client";

import { Search as SearchIcon, X } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { useCommands } from "#components/commands/use-commands.ts";
import { pushView, readView, replaceView } from "#components/dashboard/use-view-state.ts";
import { CompletionList, optionId } from "#components/search/completion-list.tsx";
import { QueryErrorNotice } from "#components/search/query-error.tsx";
import { seenValues } from "#components/search/seen-values.ts";
import { type Edit, useCompletion } from "#components/search/use-completion.ts";
import type { Search } from "#components/search/use-search.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { Exact } from "#components/ui/exact.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Summary } from "#lib/contract/capture.ts";
import type { Completion } from "#lib/search/complete.ts";
import { explainQuery } from "#lib/search/explain.ts";
import { parseQuery } from "#lib/search/parse.ts";

/** So long after the last key, what is typed is searched. */
const SETTLE_MS = 250;

type SearchFieldProps = {
  /** As the URL says. */
  q: string | null;
  search: Search | null;
  /** To complete values from. */
  captures: readonly Summary[];
};

/** What the list is searched for: completed and explained while it is typed, kept in the URL. */
export function SearchField({ q, search, captures }: SearchFieldProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [edit, setEdit] = useState<Edit>({ text: q ?? "", cursor: 0 });
  const [shownQ, setShownQ] = useState(q);
  const [isFocused, setIsFocused] = useState(false);
  const hasEntry = useRef(false);
  const completion = useCompletion(edit, () => seenValues(captures));
  const { text } = edit;

  // "Back", a link or the timeline changed it; what the field itself wrote is there already.
  if (q !== shownQ) {
    setShownQ(q);
    if ((q ?? "") !== text.trim()) setEdit({ text: q ?? "", cursor: (q ?? "").length });
  }

  const parsed = parseQuery(text);
  const error = parsed.ok ? null : parsed.error;
  // What is not finished is not wrong yet.
  const isWrong = error !== null && !(error.incomplete && isFocused);

  function commit(typed: string) {
    const next = typed.trim() === "" ? null : typed.trim();
    if (next === readView().q || (next !== null && !parseQuery(next).ok)) return;
    // One step for "back", however many keys it took.
    if (hasEntry.current) replaceView({ q: next });
    else pushView({ q: next });
    hasEntry.current = true;
  }

  const latest = useRef(commit);
  useEffect(() => {
    latest.current = commit;
  });
  useEffect(() => {
    if (!isFocused) return;
    const timer = setTimeout(() => latest.current(text), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [text, isFocused]);

  // A text that was put in leaves the cursor at its end.
  useLayoutEffect(() => {
    const field = input.current;
    if (field && document.activeElement === field && field.selectionStart !== edit.cursor) {
      field.setSelectionRange(edit.cursor, edit.cursor);
    }
  }, [edit]);

  useCommands([
    {
      id: "captures.search",
      title: "Search the captures",
      group: "Captures",
      keywords: "find filter query",
      shortcut: "/",
      isEnabled: () => input.current?.offsetParent != null,
      run: () => {
        input.current?.focus();
        input.current?.select();
      },
    },
  ]);

  function choose(option: Completion) {
    setEdit(completion.insert(option));
    completion.open("typed");
    input.current?.focus();
  }

  function clear() {
    setEdit({ text: "", cursor: 0 });
    completion.close();
    if (readView().q !== null) pushView({ q: null });
    input.current?.focus();
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const option = completion.options[completion.active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (completion.isOpen) completion.move(event.key === "ArrowDown" ? 1 : -1);
      else completion.open("asked");
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (option) return choose(option);
      completion.close();
      commit(text);
    } else if (event.key === "Tab" && option && !event.shiftKey) {
      event.preventDefault();
      choose(option);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (completion.isOpen) completion.close();
      else input.current?.blur();
    }
  }

  function showError() {
    if (!error) return;
    input.current?.focus();
    input.current?.setSelectionRange(error.start, error.end);
  }

  const listId = `${id}-list`;
  const aboutId = `${id}-about`;
  return (
    <search className="relative z-20 flex shrink-0 flex-col gap-1.5 border-b px-3 py-2">
      <div className="relative">
        <SearchIcon
          className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-faint"
          aria-hidden
        />
        <Input
          ref={input}
          role="combobox"
          aria-label="Search captures"
          aria-expanded={completion.isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={
            completion.active >= 0 ? optionId(listId, completion.active) : undefined
          }
          aria-invalid={isWrong || undefined}
          aria-describedby={aboutId}
          placeholder="Search, or method: path: json: …"
          value={text}
          autoComplete="off"
          autoCapitalize="none"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="search"
          onChange={({ target }) => {
            setEdit({ text: target.value, cursor: target.selectionStart ?? target.value.length });
            completion.open("typed");
          }}
          onSelect={({ currentTarget }) => {
            const cursor = currentTarget.selectionStart ?? 0;
            if (cursor !== edit.cursor) setEdit({ text: currentTarget.value, cursor });
          }}
          onFocus={() => {
            setIsFocused(true);
            hasEntry.current = false;
            if (text === "") completion.open("asked");
          }}
          onBlur={() => {
            setIsFocused(false);
            completion.close();
            commit(text);
          }}
          onKeyDown={onKeyDown}
          className="pr-9 pl-8 font-mono text-xs pointer-coarse:h-11"
        />
        {text !== "" && (
          <Button
            variant="ghost"
            size="iconSmall"
            aria-label="Clear the search"
            className="absolute top-1/2 right-1 -translate-y-1/2 pointer-coarse:size-10"
            onPointerDown={(event) => event.preventDefault()}
            onClick={clear}
          >
            <X aria-hidden />
          </Button>
        )}
        {completion.isOpen && (
          <CompletionList
            id={listId}
            options={completion.options}
            active={completion.active}
            onChoose={choose}
            onHighlight={completion.setActive}
          />
        )}
      </div>
      {isWrong && <QueryErrorNotice id={aboutId} text={text} error={error} onShow={showError} />}
      {!isWrong && text.trim() !== "" && (
        <p id={aboutId} className="line-clamp-3 text-muted text-xs [overflow-wrap:anywhere]">
          {parsed.ok ? (
            <Exact text={explainQuery(parsed.query)} />
          ) : (
            <span className="text-faint">{parsed.error.message}</span>
          )}
          <FoundCount search={search} isCurrent={text.trim() === (q ?? "")} />
        </p>
      )}
    </search>
  );
}

type FoundCountProps = { search: Search | null; isCurrent: boolean };

function FoundCount({ search, isCurrent }: FoundCountProps) {
  const count = search?.captures.length ?? 0;
  const isKnown = search?.state === "found" && isCurrent;
  return (
    <span role="status" className={cn("text-faint", isKnown && "before:content-['_·_']")}>
      {isKnown && `${count.toLocaleString("en")}${search.hasOlder ? "+" : ""} found`}
    </span>
  );
}
