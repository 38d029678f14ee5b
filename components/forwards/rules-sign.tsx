"use client";

import { Forward } from "lucide-react";
import { useRules } from "#components/forwards/use-rules.ts";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format-count.ts";

type RulesSignProps = { binId: string; onOpen: () => void };

/** That what comes in goes on by itself, and whether some of it did not get there. */
export function RulesSign({ binId, onOpen }: RulesSignProps) {
  const { rules } = useRules(binId);
  if (!rules || rules.length === 0) return null;
  const on = rules.filter(({ enabled }) => enabled).length;
  const failed = rules.reduce((sum, rule) => sum + rule.failed, 0);
  const said = [
    on === rules.length ? `${formatCount(on, "rule")} on` : `${on} of ${rules.length} rules on`,
    ...(failed > 0 ? [`${formatCount(failed, "forward")} failed`] : []),
  ].join(", ");
  return (
    <Button
      variant="ghost"
      size="sm"
      className="h-8 gap-1.5 pointer-coarse:h-11"
      aria-label={`Forward rules: ${said}`}
      title={`Forward rules: ${said}`}
      onClick={onOpen}
    >
      <Forward aria-hidden className={on > 0 ? "text-accent" : "text-faint"} />
      <span className="max-lg:hidden">{on > 0 ? formatCount(on, "rule") : "off"}</span>
      {failed > 0 && (
        <span className="rounded-full bg-red-soft px-1.5 font-medium text-red">
          {failed.toLocaleString("en")}
        </span>
      )}
    </Button>
  );
}
