"use client";

import { useEffect, useState } from "react";
import { listShares, revokeShare, type ShareOf } from "#components/api/shares.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { formatCount } from "#components/ui/format-count.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Age, Until } from "#components/ui/time.tsx";
import { notifyError } from "#components/ui/toast.tsx";
import type { Share } from "#lib/contract/share.ts";

type ShareLinksProps = { of: ShareOf; created: Share[] };

/** The links that there are to a capture or a bin, each with a way to take it back. */
export function ShareLinks({ of, created }: ShareLinksProps) {
  const [loaded, setLoaded] = useState<Share[]>([]);
  const [revoked, setRevoked] = useState<ReadonlySet<string>>(new Set());
  const [error, setError] = useState<string | null>(null);
  const key = "captureId" in of ? of.captureId : of.binId;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` is another object at each render
  useEffect(() => {
    const abort = new AbortController();
    listShares(of, abort.signal).then(setLoaded, (cause) => {
      if (!abort.signal.aborted) setError(describeError(cause));
    });
    return () => abort.abort();
  }, [key]);

  async function revoke(id: string) {
    try {
      await revokeShare(id);
      setRevoked((ids) => new Set(ids).add(id));
    } catch (cause) {
      notifyError("The link was not taken back", cause);
    }
  }

  const known = new Map([...created.toReversed(), ...loaded].map((share) => [share.id, share]));
  const links = [...known.values()].filter(({ id }) => !revoked.has(id));
  if (error) return <InlineError>{error}</InlineError>;
  if (links.length === 0) return null;
  return (
    <section aria-labelledby="share-links" className="flex flex-col gap-2 border-t pt-4">
      <h3 id="share-links" className="font-semibold text-sm">
        Links there are
      </h3>
      <ul className="divide-y rounded-md border">
        {links.map((share) => (
          <li key={share.id} className="flex items-center gap-3 px-3 py-2 text-sm">
            <div className="min-w-0 flex-1">
              <p className="[overflow-wrap:anywhere]">{share.label ?? "Without a label"}</p>
              <p className="text-faint text-xs">
                <LinkFacts share={share} />
              </p>
            </div>
            <Button
              size="sm"
              aria-label={`Revoke the link ${share.label ?? share.id}`}
              onClick={() => void revoke(share.id)}
            >
              Revoke
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function LinkFacts({ share }: { share: Share }) {
  return (
    <>
      made <Age iso={share.createdAt} ago />, {formatCount(share.views, "view")},{" "}
      {share.redact ? "secrets hidden" : "nothing hidden"},{" "}
      {share.allow.resend && <>sending on allowed ({formatCount(share.resends, "time")} done), </>}
      {share.expiresAt === null ? (
        "no end"
      ) : Date.parse(share.expiresAt) <= Date.now() ? (
        "ended"
      ) : (
        <>
          ends <Until iso={share.expiresAt} />
        </>
      )}
    </>
  );
}
