"use client";

import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from "react";
import { CompletionList, optionId } from "#components/search/completion-list.tsx";
import { QueryErrorNotice } from "#components/search/query-error.tsx";
import { seenValues } from "#components/search/seen-values.ts";
import { type Edit, useCompletion } from "#components/search/use-completion.ts";
import { Exact } from "#components/ui/exact.tsx";
import { Input } from "#components/ui/input.tsx";
import type { Completion } from "#lib/search/complete.ts";
import { explainQuery } from "#lib/search/explain.ts";
import { parseQuery } from "#lib/search/parse.ts";

type QueryInputProps = {
  value: string;
  /** What is not finished is wrong only once somebody wants to save it. */
  tried: boolean;
  /** What the server says of it. */
  error?: string;
  onChange: (value: string) => void;
};

/** A query as the search takes it: completed and explained while it is typed. Empty is everything. */
export function QueryInput({ value, tried, error, onChange }: QueryInputProps) {
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [cursor, setCursor] = useState(value.length);
  const [isFocused, setFocused] = useState(false);
  const completion = useCompletion({ text: value, cursor }, () => seenValues([]));
  const parsed = value.trim() === "" ? null : parseQuery(value);
  const wrong =
    parsed && !parsed.ok && !(parsed.error.incomplete && isFocused && !tried) ? parsed.error : null;

  // A text that was put in leaves the cursor at its end.
  useLayoutEffect(() => {
    if (input.current === document.activeElement) input.current?.setSelectionRange(cursor, cursor);
  }, [cursor]);

  function edit({ text, cursor: at }: Edit) {
    onChange(text);
    setCursor(at);
    completion.open("typed");
  }

  const choose = (option: Completion) => edit(completion.insert(option));

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return;
    const option = completion.options[completion.active];
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (completion.isOpen) completion.move(event.key === "ArrowDown" ? 1 : -1);
      else completion.open("asked");
    } else if ((event.key === "Enter" || event.key === "Tab") && option) {
      event.preventDefault();
      choose(option);
    } else if (event.key === "Escape" && completion.isOpen) {
      // Not the dialog, which listens at the document, as React does.
      event.nativeEvent.stopImmediatePropagation();
      event.preventDefault();
      completion.close();
    }
  }

  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium text-sm">
        Only captures that match, optional
      </label>
      <div className="relative">
        <Input
          ref={input}
          id={id}
          role="combobox"
          aria-expanded={completion.isOpen}
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={
            completion.active >= 0 ? optionId(`${id}-list`, completion.active) : undefined
          }
          aria-invalid={wrong || error ? true : undefined}
          aria-describedby={`${id}-about`}
          className="font-mono sm:text-sm"
          placeholder="method:POST json:$.type=invoice.paid"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          value={value}
          onChange={({ target }) =>
            edit({ text: target.value, cursor: target.selectionStart ?? target.value.length })
          }
          onSelect={({ currentTarget }) => setCursor(currentTarget.selectionStart ?? 0)}
          onFocus={() => setFocused(true)}
          onBlur={() => {
            setFocused(false);
            completion.close();
          }}
          onKeyDown={onKeyDown}
        />
        {completion.isOpen && (
          <CompletionList
            id={`${id}-list`}
            options={completion.options}
            active={completion.active}
            onChoose={choose}
            onHighlight={completion.setActive}
          />
        )}
      </div>
      {wrong ? (
        <QueryErrorNotice
          id={`${id}-about`}
          text={value}
          error={wrong}
          onShow={() => {
            input.current?.focus();
            input.current?.setSelectionRange(wrong.start, wrong.end);
          }}
        />
      ) : error ? (
        <p id={`${id}-about`} role="alert" className="text-red text-xs">
          {error}
        </p>
      ) : (
        <p id={`${id}-about`} className="text-faint text-xs [overflow-wrap:anywhere]">
          {parsed?.ok ? (
            <Exact text={explainQuery(parsed.query)} />
          ) : (
            "As in the search. Empty: every capture."
          )}
        </p>
      )}
    </div>
  );
}
