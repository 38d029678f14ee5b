import { ArrowRight } from "lucide-react";
import { buttonStyle } from "#components/ui/button.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";

type ProviderLinkProps = {
  /** The provider's host. */
  name: string;
  startUrl: string;
  next: string;
  error: string | null;
};

/** A link, not a form: the policy of our pages lets forms lead to ourselves alone. */
export function ProviderLink({ name, startUrl, next, error }: ProviderLinkProps) {
  const query = next === "/" ? "" : `?${new URLSearchParams({ next })}`;
  return (
    <div className="flex flex-col items-start gap-3">
      {error && <InlineError>{error}</InlineError>}
      <a
        href={startUrl + query}
        className={buttonStyle({ variant: "primary", size: "lg", className: "max-w-full" })}
      >
        <span className="truncate">Sign in with {name}</span>
        <ArrowRight aria-hidden />
      </a>
    </div>
  );
}
