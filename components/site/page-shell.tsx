import type { ReactNode } from "react";
import { Header } from "#components/site/header.tsx";

export function PageShell({ children }: { children: ReactNode }) {
  return (
    <>
      <Header />
      <main className="mx-auto max-w-[1040px] px-4 pt-8 pb-16 sm:px-6">{children}</main>
    </>
  );
}
