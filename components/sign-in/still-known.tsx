type StillKnownProps = { name: string; endUrl: string };

/** Whoever sits here next would be let in again without a question. */
export function StillKnown({ name, endUrl }: StillKnownProps) {
  return (
    <p role="status" className="rounded-md border bg-subtle px-3 py-2 text-sm">
      You are signed out of Inlet. {name} may still know you in this browser:{" "}
      <a href={endUrl} className="text-accent underline underline-offset-2">
        sign out there too
      </a>{" "}
      if others use it.
    </p>
  );
}
