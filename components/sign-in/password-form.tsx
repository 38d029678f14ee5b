import { ArrowRight } from "lucide-react";
import { Button } from "#components/ui/button.tsx";
import { Field } from "#components/ui/field.tsx";
import { Input } from "#components/ui/input.tsx";

type PasswordFormProps = { next: string; error: string | null };

export function PasswordForm({ next, error }: PasswordFormProps) {
  return (
    <form method="post" action="/sign-in" className="flex flex-col gap-3">
      <input type="hidden" name="next" value={next} />
      <Field label="Password" error={error}>
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="current-password"
            required
            autoFocus
            className="h-10"
          />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" className="self-start">
        Sign in
        <ArrowRight aria-hidden />
      </Button>
    </form>
  );
}
