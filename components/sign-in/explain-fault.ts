import { formatWait } from "#components/sign-in/format-wait.ts";

export type Fault = { fault: string; retryAfterSeconds: number | null; code: string | null };

/** What happened, and what to do. Null for what the server never says. */
export function explainFault({ fault, retryAfterSeconds, code }: Fault): string | null {
  const said = code === null ? "" : ` It said “${code}”.`;
  switch (fault) {
    case "wrong_password":
      return "That is not the password of this instance. Check for Caps Lock, or ask whoever runs it.";
    case "rate_limited":
      return `Too many tries from your network. Try again ${formatWait(retryAfterSeconds)}.`;
    case "denied":
      return "The provider did not let you in, or you cancelled. Sign in again, and allow it there.";
    case "expired":
      return "Signing in took too long, or was begun in another window or browser. Begin again here.";
    case "not_allowed":
      return "You are known to the provider, but not allowed in here. Use another account, or ask whoever runs this instance.";
    case "unreachable":
      return "The provider cannot be reached at the moment. Try again in a minute; capturing goes on.";
    case "refused":
      return `The provider and this instance do not agree.${said} Begin again; if it keeps happening, its log tells whoever runs this instance what to set right.`;
    default:
      return null;
  }
}
