"use client";

import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { RuleForm } from "#components/forwards/rule-form.tsx";
import { RuleForwards } from "#components/forwards/rule-forwards.tsx";
import { RuleList } from "#components/forwards/rule-list.tsx";
import { loadRules, useRules } from "#components/forwards/use-rules.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import type { ForwardRule } from "#lib/contract/forward-rule.ts";

type RulesDialogProps = {
  binId: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** What of the dialog is shown: by id, since a rule changes while it is looked at. */
type Shown = { part: "list" } | { part: "form" | "forwards"; id: string | null };

export function RulesDialog({ binId, open, onOpenChange }: RulesDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="lg"
      title="Forward rules"
      description="What comes in from now on goes to these URLs by itself, as it came, and is tried again when a target fails."
    >
      <Rules binId={binId} onClose={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Rules({ binId, onClose }: { binId: string; onClose: () => void }) {
  const { rules, error } = useRules(binId);
  const [shown, setShown] = useState<Shown>({ part: "list" });
  const toList = () => setShown({ part: "list" });

  if (rules === null) {
    if (error === null) return <p className="animate-appear-late text-faint text-sm">Loading…</p>;
    return (
      <>
        <InlineError>{describeError(error)}</InlineError>
        <DialogActions>
          <Button onClick={() => void loadRules(binId)}>Try again</Button>
        </DialogActions>
      </>
    );
  }
  const rule =
    shown.part === "list" ? undefined : rules.find(({ id }: ForwardRule) => id === shown.id);
  if (shown.part === "form") {
    return <RuleForm key={shown.id} binId={binId} rule={rule ?? null} onDone={toList} />;
  }
  if (shown.part === "forwards" && rule) {
    return (
      <>
        <Button
          size="sm"
          variant="ghost"
          className="self-start pointer-coarse:h-11"
          onClick={toList}
        >
          <ArrowLeft aria-hidden />
          All rules
        </Button>
        <RuleForwards rule={rule} onOpenCapture={onClose} />
      </>
    );
  }
  return (
    <RuleList
      binId={binId}
      rules={rules}
      onAdd={() => setShown({ part: "form", id: null })}
      onEdit={(id) => setShown({ part: "form", id })}
      onForwards={(id) => setShown({ part: "forwards", id })}
      onClose={onClose}
    />
  );
}
