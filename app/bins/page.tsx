import type { Metadata } from "next";
import { BinList } from "#components/bins/bin-list.tsx";
import { CreateBinForm } from "#components/bins/create-bin-form.tsx";
import { isNearlyFull } from "#components/limits/is-nearly-full.ts";
import { StorageMeter } from "#components/limits/storage-meter.tsx";
import { StorageNotice } from "#components/limits/storage-notice.tsx";
import { PageShell } from "#components/site/page-shell.tsx";
import { WorkspaceLink } from "#components/workspace/workspace-link.tsx";
import { getLimits, isPerson, listOwnBins } from "../visitor.ts";

export const dynamic = "force-dynamic";

export const metadata: Metadata = { title: "Your bins" };

export default async function BinsPage() {
  const bins = await listOwnBins();
  const { bins: left, storage } = await getLimits();
  return (
    <PageShell>
      <div className="flex flex-col gap-6">
        <div className="flex flex-col gap-4 sm:flex-row sm:items-start sm:justify-between">
          <h1 className="font-semibold text-xl sm:leading-10">Your bins</h1>
          <div className="sm:w-[440px]">
            <CreateBinForm left={left} />
          </div>
        </div>
        {storage && isNearlyFull(storage) && <StorageNotice storage={storage} />}
        {storage && bins.length > 0 && <StorageMeter storage={storage} className="sm:w-60" />}
        {bins.length > 0 ? <BinList bins={bins} /> : <NoBins follow={await isPerson()} />}
        <WorkspaceLink />
      </div>
    </PageShell>
  );
}

/** `follow`: bins come along with a person, wherever that one signs in. */
function NoBins({ follow }: { follow: boolean }) {
  return (
    <div className="rounded-lg border border-dashed px-6 py-12 text-center">
      <p className="font-medium">{follow ? "No bins yet" : "No bins in this browser yet"}</p>
      <p className="mx-auto mt-1 max-w-[52ch] text-muted text-sm">
        Create one above: you get a URL to paste into whatever sends requests.{" "}
        {follow
          ? "You find your bins wherever you sign in."
          : "Bins that you made in another browser stay there."}
      </p>
    </div>
  );
}
