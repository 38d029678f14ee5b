import { BinList } from "#components/bins/bin-list.tsx";
import { CreateBinForm } from "#components/bins/create-bin-form.tsx";
import { ExampleCapture } from "#components/landing/example-capture.tsx";
import { Promises } from "#components/landing/promises.tsx";
import { PageShell } from "#components/site/page-shell.tsx";
import { listOwnBins } from "./visitor.ts";

export const dynamic = "force-dynamic";

export default async function LandingPage() {
  const bins = await listOwnBins();
  return (
    <PageShell>
      <div className="flex flex-col gap-12 sm:pt-8">
        <div className="grid items-start gap-8 lg:grid-cols-[1fr_480px] lg:gap-12">
          <div className="flex flex-col gap-6">
            <div className="flex flex-col gap-3">
              <h1 className="font-semibold text-2xl tracking-tight">Inlet</h1>
              <p className="max-w-[44ch] text-lg text-muted">
                Get a URL that keeps every request sent to it, and watch them arrive, exactly as
                they were sent.
              </p>
            </div>
            <CreateBinForm />
          </div>
          <ExampleCapture />
        </div>
        <Promises />
        {bins.length > 0 && (
          <section aria-labelledby="your-bins" className="flex flex-col gap-3">
            <h2 id="your-bins" className="font-semibold text-lg">
              Your bins
            </h2>
            <BinList bins={bins} />
          </section>
        )}
      </div>
    </PageShell>
  );
}
