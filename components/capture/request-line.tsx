import { Method } from "#components/captures/method.tsx";
import { CopyButton } from "#components/ui/copy-button.tsx";
import { LongExact } from "#components/ui/long-exact.tsx";
import type { Capture } from "#lib/contract/capture.ts";

/** Method, target and version as they were sent. */
export function RequestLine({ capture }: { capture: Capture }) {
  const { method, target, httpVersion } = capture;
  const line = `${method} ${target} HTTP/${httpVersion}`;
  if (target === "" && method === "") return null;
  return (
    <div className="group relative rounded-md border bg-subtle py-2 pr-9 pl-3">
      <p className="as-sent text-sm">
        <Method method={method} /> <LongExact text={target} />{" "}
        <span className="text-faint">HTTP/{httpVersion}</span>
      </p>
      <CopyButton
        text={line}
        label="Copy the request line"
        className="absolute top-1.5 right-1.5"
      />
    </div>
  );
}
