import { cn } from "#components/ui/cn.ts";
import { Exact } from "#components/ui/exact.tsx";

const COLOURS: Record<string, string> = {
  GET: "text-blue",
  POST: "text-green",
  PUT: "text-amber",
  PATCH: "text-violet",
  DELETE: "text-red",
};

/** A method as it was sent; the colour is for the usual ones. */
export function Method({ method, className }: { method: string; className?: string }) {
  return (
    <span className={cn("as-sent font-semibold", COLOURS[method] ?? "text-muted", className)}>
      {method === "" ? "–" : <Exact text={method} />}
    </span>
  );
}
