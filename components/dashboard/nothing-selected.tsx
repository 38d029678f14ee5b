"use client";

import { Reply } from "lucide-react";
import { commandRegistry } from "#components/commands/command-registry.ts";
import { SendSomething } from "#components/dashboard/send-something.tsx";
import { Button } from "#components/ui/button.tsx";
import { Key } from "#components/ui/key.tsx";

type NothingSelectedProps = { captureUrl: string; isEmpty: boolean };

export function NothingSelected({ captureUrl, isEmpty }: NothingSelectedProps) {
  return (
    <div className="mx-auto flex max-w-[600px] flex-col gap-6 px-4 py-10 sm:px-6 md:py-16">
      <div className="flex flex-col gap-1">
        <h2 className="font-semibold text-lg">
          {isEmpty ? "Waiting for the first request" : "Select a capture to read it"}
        </h2>
        {isEmpty ? (
          <p className="text-muted">
            Send anything to the capture URL, any method, any path below it. It appears here the
            moment it is on disk.
          </p>
        ) : (
          <p className="text-muted">
            Choose one from the list, or go through them with <Key>j</Key> and <Key>k</Key>.
          </p>
        )}
      </div>
      <SendSomething captureUrl={captureUrl} />
      <div className="flex flex-col items-start gap-1">
        <h3 className="font-medium text-sm">What the sender gets</h3>
        <p className="text-muted text-sm">
          200 and nothing else, unless you say what: a status, headers, a body, a delay.
        </p>
        <Button className="mt-1" onClick={() => commandRegistry.find("bin.reply")?.run()}>
          <Reply aria-hidden />
          Edit the reply
        </Button>
      </div>
    </div>
  );
}
