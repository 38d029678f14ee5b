"use client";

import { useId, useState } from "react";
import { usedTargets } from "#components/resend/used-targets.ts";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type TargetFieldProps = {
  url: string;
  onChange: (url: string) => void;
  required?: boolean;
  hint?: string;
  error?: string | null;
};

/** Where to send to; targets that were used before are offered. */
export function TargetField({ url, onChange, required, hint, error }: TargetFieldProps) {
  const listId = useId();
  const [targets] = useState(usedTargets);
  return (
    <>
      <Field label="Target URL" hint={hint} error={error}>
        {(control) => (
          <Input
            {...control}
            className="font-mono"
            type="url"
            required={required}
            autoFocus
            list={listId}
            placeholder="https://"
            value={url}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <datalist id={listId}>
        {targets.map((target) => (
          <option key={target} value={target} />
        ))}
      </datalist>
    </>
  );
}
