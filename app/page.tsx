import { BinList } from "#components/bins/bin-list.tsx";
import { CreateBinForm } from "#components/bins/create-bin-form.tsx";
import { ExampleCapture } from "#components/landing/example-capture.tsx";
import { Promises } from "#components/landing/promises.tsx";
import { StorageMeter } from "#components/limits/storage-meter.tsx";
import { PageShell } from "#components/site/page-shell.tsx";
import { WorkspaceLink } from "#components/workspace/workspace-link.tsx";
import { getLimits, listOwnBins } from "./visitor.ts";

export const dynamic = "force-dynamic";

export default async function LandingPage() {
  const bins = await listOwnBins();
  const limits = await getLimits();
  return (
    <PageShell>
      <div className="flex flex-col gap-12 sm:pt-8">
        <div className="grid items-start gap-8 lg:grid-cols-[1fr_520px] lg:items-center lg:gap-12">
          <div className="flex flex-col gap-6">
            <div className="flex flex-col gap-3">
              <h1 className="max-w-[22ch] text-balance font-semibold text-2xl tracking-tight">
                A URL that keeps every request sent to it
              </h1>
              <p className="max-w-[44ch] text-lg text-muted">
                Inlet shows what Stripe, GitHub, a device or a test really sends, the moment it
                arrives.
              </p>
            </div>
            <CreateBinForm left={limits.bins} />
          </div>
          <ExampleCapture />
        </div>
        <Promises />
        {bins.length > 0 && (
          <section aria-labelledby="your-bins" className="flex flex-col gap-3">
            <div className="flex items-end justify-between gap-4">
              <h2 id="your-bins" className="font-semibold text-lg">
                Your bins
              </h2>
              {limits.storage && <StorageMeter storage={limits.storage} className="w-52" />}
            </div>
            <BinList bins={bins} />
            <WorkspaceLink />
          </section>
        )}
      </div>
    </PageShell>
  );
}
