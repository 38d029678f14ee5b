import { type ReactNode, useId } from "react";
import { cn } from "#components/ui/cn.ts";

type FieldProps = {
  label: string;
  hint?: string;
  /** What is wrong with the value, and what to do. */
  error?: string | null;
  children: (control: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": true | undefined;
  }) => ReactNode;
};

/** A label, one control, and below it what is wrong or else a hint. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const messageId = `${id}-message`;
  const message = error ?? hint;
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium text-sm [overflow-wrap:anywhere]">
        {label}
      </label>
      {children({
        id,
        "aria-describedby": message ? messageId : undefined,
        "aria-invalid": error ? true : undefined,
      })}
      {message && (
        <p
          id={messageId}
          role={error ? "alert" : undefined}
          className={cn("text-xs [overflow-wrap:anywhere]", error ? "text-red" : "text-faint")}
        >
          {message}
        </p>
      )}
    </div>
  );
}
