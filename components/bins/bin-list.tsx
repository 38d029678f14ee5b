"use client";

import { useRouter } from "next/navigation";
import { BinRow } from "#components/bins/bin-row.tsx";
import type { Bin } from "#lib/contract/bin.ts";

export function BinList({ bins }: { bins: Bin[] }) {
  const router = useRouter();
  return (
    <ul className="overflow-hidden rounded-lg border">
      {bins.map((bin) => (
        <BinRow key={bin.id} bin={bin} onChanged={router.refresh} />
      ))}
    </ul>
  );
}
