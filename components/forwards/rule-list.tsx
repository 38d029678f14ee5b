"use client";

import { Forward, List, Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { deleteRule, updateRule } from "#components/api/forward-rules.ts";
import { dropRule, putRule } from "#components/forwards/use-rules.ts";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { DialogActions } from "#components/ui/dialog.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { Switch } from "#components/ui/switch.tsx";
import { notifyError } from "#components/ui/toast.tsx";
import type { ForwardRule } from "#lib/contract/forward-rule.ts";
import { FORWARD_RULES_MAX } from "#lib/contract/limits.ts";

type RuleListProps = {
  binId: string;
  rules: readonly ForwardRule[];
  onAdd: () => void;
  onEdit: (id: string) => void;
  onForwards: (id: string) => void;
  onClose: () => void;
};

export function RuleList({ binId, rules, onAdd, onEdit, onForwards, onClose }: RuleListProps) {
  const [leaving, setLeaving] = useState<ForwardRule | null>(null);
  const isFull = rules.length >= FORWARD_RULES_MAX;
  return (
    <>
      {rules.length === 0 ? (
        <Nothing />
      ) : (
        <ul className="divide-y rounded-md border">
          {rules.map((rule) => (
            <RuleItem
              key={rule.id}
              rule={rule}
              onEdit={() => onEdit(rule.id)}
              onForwards={() => onForwards(rule.id)}
              onDelete={() => setLeaving(rule)}
            />
          ))}
        </ul>
      )}
      {isFull && (
        <p className="text-muted text-sm">
          A bin has at most {FORWARD_RULES_MAX} rules: delete one to add another.
        </p>
      )}
      <DialogActions>
        <Button onClick={onClose}>Close</Button>
        <Button variant="primary" disabled={isFull} onClick={onAdd}>
          <Plus aria-hidden />
          Add a rule
        </Button>
      </DialogActions>
      <ConfirmDialog
        open={leaving !== null}
        onOpenChange={() => setLeaving(null)}
        title="Delete this rule?"
        description={leaving && <Loss rule={leaving} />}
        action="Delete rule"
        onConfirm={async () => {
          await deleteRule(leaving!.id);
          dropRule(binId, leaving!.id);
        }}
      />
    </>
  );
}

function Nothing() {
  return (
    <div className="flex flex-col items-center gap-2 rounded-md border border-dashed px-4 py-8 text-center">
      <Forward className="size-6 text-faint" aria-hidden />
      <p className="font-medium">No rules yet</p>
      <p className="max-w-[52ch] text-muted text-sm">
        With a rule you give out this bin's URL once, and your own server gets everything too: all
        of it or what a search finds, tried again for up to three days while the server is down.
      </p>
    </div>
  );
}

function Loss({ rule }: { rule: ForwardRule }) {
  return (
    <>
      Nothing more goes to{" "}
      <span className="font-mono [overflow-wrap:anywhere]">
        <Exact text={rule.url} />
      </span>
      {rule.waiting > 0 && `, and ${formatCount(rule.waiting, "forward")} that wait are given up`}.
      The captures stay.
    </>
  );
}

type RuleItemProps = {
  rule: ForwardRule;
  onEdit: () => void;
  onForwards: () => void;
  onDelete: () => void;
};

function RuleItem({ rule, onEdit, onForwards, onDelete }: RuleItemProps) {
  const [busy, setBusy] = useState(false);
  const { id, url, name, query, path, enabled, answerSender } = rule;
  const label = name ?? url;

  async function turn(next: boolean) {
    setBusy(true);
    try {
      putRule(rule.binId, await updateRule(id, { enabled: next }));
    } catch (cause) {
      notifyError("The rule was not changed", cause);
    }
    setBusy(false);
  }

  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-3 py-3">
      <Switch
        label={`Forward with ${label}`}
        checked={enabled}
        disabled={busy}
        onChange={(next) => void turn(next)}
      />
      <div className={cn("flex min-w-0 flex-1 flex-col gap-1", !enabled && "text-muted")}>
        {name && (
          <p className="font-medium text-sm [overflow-wrap:anywhere]">
            <Exact text={name} />
          </p>
        )}
        <p className="font-mono text-xs [overflow-wrap:anywhere]">
          <Exact text={url} />
        </p>
        <p className="text-muted text-xs [overflow-wrap:anywhere]">
          {query === null ? (
            "Every capture"
          ) : (
            <>
              What matches{" "}
              <span className="font-mono">
                <Exact text={query} />
              </span>
            </>
          )}
          {path === "replace" && ", to exactly this URL"}
          {answerSender && ", answers the sender"}
          {!enabled && ", off"}
        </p>
        <Counts rule={rule} onForwards={onForwards} />
      </div>
      <div className="flex shrink-0 items-center max-sm:w-full max-sm:justify-end">
        <IconButton icon={List} label={`Forwards of ${label}`} onClick={onForwards} />
        <IconButton icon={Pencil} label={`Edit ${label}`} onClick={onEdit} />
        <IconButton icon={Trash2} label={`Delete ${label}`} onClick={onDelete} />
      </div>
    </li>
  );
}

function Counts({ rule, onForwards }: { rule: ForwardRule; onForwards: () => void }) {
  const { waiting, succeeded, failed, enabled } = rule;
  const count = (value: number) => value.toLocaleString("en");
  return (
    <p className="flex flex-wrap gap-x-3 text-xs">
      <span className={waiting > 0 ? "text-ink" : "text-faint"}>
        {count(waiting)} {waiting > 0 && !enabled ? "standing still" : "waiting"}
      </span>
      <span className={succeeded > 0 ? "text-green" : "text-faint"}>
        {count(succeeded)} succeeded
      </span>
      {failed > 0 ? (
        <button
          type="button"
          onClick={onForwards}
          className="rounded font-medium text-red underline-offset-2 hover:underline"
        >
          {count(failed)} failed
        </button>
      ) : (
        <span className="text-faint">0 failed</span>
      )}
    </p>
  );
}
