import type { ReactNode } from "react";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { formatCount } from "#components/ui/format-count.ts";
import { ExactTime } from "#components/ui/time.tsx";
import type { Capture } from "#lib/contract/capture.ts";

export function Facts({ capture }: { capture: Capture }) {
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-2">
      <Fact name="Received">
        <ExactTime iso={capture.receivedAt} className="font-mono" />
      </Fact>
      <Fact name="Body">
        <Size capture={capture} />
      </Fact>
      <Fact name="Read in">
        <span className="font-mono">{capture.readMs} ms</span>
      </Fact>
      <Fact name="From">
        <span className="font-mono">{capture.remoteIp ?? "unknown"}</span>
      </Fact>
      <Fact name="Connection">{capture.tls ? "TLS" : "plain, no TLS"}</Fact>
      <Fact name="Capture id">
        <span className="inline-flex items-center gap-1 font-mono">
          <span className="[overflow-wrap:anywhere]">{capture.id}</span>
          <CopyButton text={capture.id} label="Copy the capture's id" className="-my-1" />
        </span>
      </Fact>
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex min-w-0 flex-col">
      <dt className="text-faint text-xs">{name}</dt>
      <dd className="text-xs leading-5">{children}</dd>
    </div>
  );
}

function Size({ capture: { bodySize, declaredSize } }: { capture: Capture }) {
  const bytes = formatCount(bodySize, "byte");
  const differs = declaredSize !== null && declaredSize !== bodySize;
  return (
    <span className="font-mono">
      {bodySize < 1024 ? bytes : `${formatBytes(bodySize)} (${bytes})`}
      {differs && `, ${declaredSize.toLocaleString("en")} announced`}
    </span>
  );
}
