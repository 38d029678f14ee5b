import type { Metadata } from "next";
import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { binLabel } from "#components/bins/bin-label.ts";
import { Dashboard } from "#components/dashboard/dashboard.tsx";
import { PANEL_COOKIE, parsePanelSizes } from "#components/dashboard/panel-sizes.ts";
import { PAGE_SIZE_DEFAULT } from "#lib/contract/limits.ts";
import { isAppError } from "#lib/errors.ts";
import { getRuntime } from "#lib/runtime.ts";
import { getLimits, getVisitor, listOwnBins } from "../../visitor.ts";

export const dynamic = "force-dynamic";

type BinPageProps = { params: Promise<{ binId: string }> };

const findBin = cache(async (binId: string) => {
  try {
    return await getRuntime().bins.get(await getVisitor(), binId);
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") notFound();
    throw error;
  }
});

export async function generateMetadata({ params }: BinPageProps): Promise<Metadata> {
  const bin = await findBin((await params).binId);
  return { title: binLabel(bin) };
}

export default async function BinPage({ params }: BinPageProps) {
  // In this order: the dashboard relies on the page having all that the bin has counted.
  const bin = await findBin((await params).binId);
  const visitor = await getVisitor();
  const page = await getRuntime().captures.page(visitor, bin.id, { limit: PAGE_SIZE_DEFAULT });
  const sizes = parsePanelSizes((await cookies()).get(PANEL_COOKIE)?.value);
  const limits = await getLimits();
  return (
    <Dashboard
      key={bin.id}
      bin={bin}
      page={page}
      bins={await listOwnBins()}
      panelSizes={sizes}
      storage={limits.storage}
      capturesPerBin={limits.capturesPerBin}
    />
  );
}
