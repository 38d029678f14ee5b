"use client";

import { formatJson } from "#components/reply/format-json.ts";
import { contentTypeOf, type ReplyDraft, withContentType } from "#components/reply/reply-draft.ts";
import { CONTENT_TYPES } from "#components/reply/reply-presets.ts";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { Textarea } from "#components/ui/input.tsx";
import { Select } from "#components/ui/select.tsx";

type ReplyBodyProps = {
  draft: ReplyDraft;
  error: string | undefined;
  onChange: (part: Partial<ReplyDraft>) => void;
};

/** The body and the type that it is sent as, which is one of the headers. */
export function ReplyBody({ draft, error, onChange }: ReplyBodyProps) {
  const { body, headers } = draft;
  const type = contentTypeOf(headers);
  const isJson = /^[^;]*[/+]json\b/i.test(type);
  const known = type === "" || CONTENT_TYPES.includes(type);
  const size = formatBytes(new TextEncoder().encode(body).length);
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Body"
        error={error}
        hint={
          isJson && !isValidJson(body)
            ? `${size}. This is not valid JSON, and is sent as it is.`
            : size
        }
      >
        {(control) => (
          <Textarea
            {...control}
            rows={6}
            value={body}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            onChange={(event) => onChange({ body: event.currentTarget.value })}
            className="as-sent resize-y sm:text-xs"
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center gap-2">
        <Select
          aria-label="Content type of the body"
          value={type}
          onChange={(event) =>
            onChange({ headers: withContentType(headers, event.currentTarget.value) })
          }
          className="max-w-72"
        >
          <option value="">No Content-Type</option>
          {!known && <option value={type}>{type}</option>}
          {CONTENT_TYPES.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </Select>
        {isJson && (
          <Button
            size="sm"
            disabled={!isValidJson(body)}
            onClick={() => onChange({ body: formatJson(body) })}
          >
            Format JSON
          </Button>
        )}
      </div>
    </div>
  );
}

function isValidJson(text: string): boolean {
  if (text === "") return true;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
