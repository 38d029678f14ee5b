"use client";

import { Download } from "lucide-react";
import { useDeferredValue, useMemo, useState } from "react";
import { getAlikeCaptures } from "#components/api/captures.ts";
import type { TypesOutput } from "#components/types/make-types.ts";
import {
  readSamples,
  SAMPLE_MAX_BYTES,
  SAMPLES_MAX,
  type Samples,
} from "#components/types/read-samples.ts";
import { runTypes } from "#components/types/run-types.ts";
import { TYPE_LANGUAGES, type TypeLanguage } from "#components/types/type-language.ts";
import { typeName } from "#components/types/type-name.ts";
import { useAnswer } from "#components/types/use-answer.ts";
import { Button } from "#components/ui/button.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { Field } from "#components/ui/field.tsx";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { formatCount } from "#components/ui/format-count.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Input } from "#components/ui/input.tsx";
import { Tabs } from "#components/ui/tabs.tsx";
import type { Summary } from "#lib/contract/capture.ts";

type TypesDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** One at least; of one alone, the others of its path can be taken too. */
  captures: readonly Summary[];
};

/** Types for the JSON bodies of captures. */
export function TypesDialog({ open, onOpenChange, captures }: TypesDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title="Types"
      description="Worked out from what was sent: a body that is not among these may look different."
    >
      <Types captures={captures} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

type TypesProps = { captures: readonly Summary[]; onClose: () => void };

const LANGUAGE_TABS = Object.entries(TYPE_LANGUAGES).map(([value, { label }]) => ({
  value: value as TypeLanguage,
  label,
}));

function Types({ captures, onClose }: TypesProps) {
  // As they were when the dialog was opened, whatever arrives meanwhile.
  const [given] = useState(captures);
  const [first] = given;
  const [language, setLanguage] = useState<TypeLanguage>("typescript");
  const [name, setName] = useState(() => typeName(first?.path ?? ""));
  const [alike, setAlike] = useState(false);
  const found = useAnswer((alike && first?.id) || null, (id, signal) =>
    getAlikeCaptures(id, { limit: SAMPLES_MAX, signal }),
  );
  const samples = useAnswer(alike ? (found?.value?.captures ?? null) : given, readSamples);
  const usedName = useDeferredValue(name.trim() === "" ? "Payload" : name.trim());
  const bodies = samples?.value?.bodies;
  const input = useMemo(
    () => (bodies ? { bodies, language, name: usedName } : null),
    [bodies, language, usedName],
  );
  const types = useAnswer(input, runTypes);
  const error = (alike && found?.error) || samples?.error || types?.error || null;
  const output = types?.value ?? null;

  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="grid gap-3 sm:grid-cols-2 sm:items-end">
        <Field label="Name">
          {(control) => (
            <Input
              {...control}
              value={name}
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        {given.length === 1 && (
          <label className="flex min-h-8 cursor-pointer items-center gap-2 text-sm pointer-coarse:min-h-11">
            <input
              type="checkbox"
              className="size-4 accent-accent"
              checked={alike}
              onChange={(event) => setAlike(event.currentTarget.checked)}
            />
            From all captures of the same path
          </label>
        )}
      </div>
      <Tabs label="Language" value={language} onValueChange={setLanguage} tabs={LANGUAGE_TABS}>
        {error !== null ? (
          <InlineError>{describeError(error)}</InlineError>
        ) : output?.code === null ? (
          <p className="py-6 text-muted text-sm">
            There is nothing to make types from. {leftOut(output, samples?.value)}
          </p>
        ) : output?.code === "" ? (
          <p className="py-6 text-muted text-sm">
            These bodies are plain lists, maps or values, so there is no type to name. JSON Schema
            describes them too.
          </p>
        ) : (
          <section
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller has to be reachable by keyboard
            tabIndex={0}
            aria-label="The types"
            aria-busy={output === null}
            className="ring-inset-focus h-[42dvh] overflow-auto rounded-md border bg-subtle p-3"
          >
            {output?.code ? (
              <pre className="whitespace-pre font-mono text-xs leading-5">
                <Exact text={output.code} />
              </pre>
            ) : (
              <p className="animate-appear-late text-faint text-sm">Working it out…</p>
            )}
          </section>
        )}
      </Tabs>
      {output?.code && (
        <p role="status" className="text-muted text-xs">
          From {formatCount(output.used, "body", "bodies")}. {leftOut(output, samples?.value)}
        </p>
      )}
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
        {output?.code && (
          <>
            <Button onClick={() => download(output.code!, usedName, language)}>
              <Download aria-hidden />
              Download
            </Button>
            <CopyButton
              text={output.code}
              label="Copy the types"
              caption="Copy"
              variant="primary"
            />
          </>
        )}
      </DialogActions>
    </div>
  );
}

function leftOut(
  { used, notJson, empty, hasLongNumbers }: TypesOutput,
  samples: Samples | null | undefined,
): string {
  const { tooLong, beyond } = samples ?? { tooLong: 0, beyond: 0 };
  const all = used + notJson + empty + tooLong;
  const parts = [
    notJson > 0 && `${notJson} of ${all} ${notJson === 1 ? "is" : "are"} not JSON.`,
    empty > 0 && `${empty} of ${all} ${empty === 1 ? "has" : "have"} no body.`,
    tooLong > 0 && `${tooLong} of ${all} left out: over ${formatBytes(SAMPLE_MAX_BYTES)}.`,
    beyond > 0 && `${beyond} more left out: ${SAMPLES_MAX} are read at most.`,
    hasLongNumbers && "Some numbers are longer than a JavaScript number keeps.",
  ];
  return parts.filter(Boolean).join(" ");
}

function download(text: string, name: string, language: TypeLanguage): void {
  const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name.replace(/[^\w-]+/g, "-")}.${TYPE_LANGUAGES[language].extension}`;
  link.click();
  URL.revokeObjectURL(url);
}
