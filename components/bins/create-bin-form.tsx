"use client";

import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { createBin } from "#components/api/bins.ts";
import { BinsLeft } from "#components/limits/bins-left.tsx";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Input } from "#components/ui/input.tsx";
import type { InstanceLimits } from "#lib/contract/instance-limits.ts";
import { BIN_NAME_MAX_LENGTH } from "#lib/contract/limits.ts";

/** @param left what was left when the page was made; once one was refused, the answer says what holds */
export function CreateBinForm({ left }: { left: InstanceLimits["bins"] }) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get("name")).trim();
    setBusy(true);
    setError(null);
    try {
      const bin = await createBin(name === "" ? {} : { name });
      router.push(`/bins/${bin.id}`);
    } catch (cause) {
      setError(describeError(cause));
      setBusy(false);
    }
  }

  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <div className="flex flex-col gap-2 sm:flex-row">
        <Input
          name="name"
          aria-label="Name of the bin, optional"
          placeholder="Name, optional: stripe-test"
          maxLength={BIN_NAME_MAX_LENGTH}
          autoComplete="off"
          className="h-10"
        />
        <Button type="submit" variant="primary" size="lg" disabled={busy}>
          {busy ? "Creating…" : "Create a bin"}
          <ArrowRight aria-hidden />
        </Button>
      </div>
      {error ? <InlineError>{error}</InlineError> : <BinsLeft bins={left} />}
    </form>
  );
}
