import type { ReactNode } from "react";
import { Header } from "#components/site/header.tsx";

type MessagePageProps = { title: string; children: ReactNode; actions: ReactNode };

/** A page that could not be shown: what happened, why, and what to do next. */
export function MessagePage({ title, children, actions }: MessagePageProps) {
  return (
    <>
      <Header />
      <main className="mx-auto flex max-w-[1040px] flex-col px-4 pt-16 sm:px-6">
        <div className="flex max-w-[520px] flex-col gap-4 [overflow-wrap:anywhere]">
          <h1 className="font-semibold text-xl">{title}</h1>
          <div className="flex flex-col gap-2 text-muted">{children}</div>
          <div className="flex flex-wrap gap-2">{actions}</div>
        </div>
      </main>
    </>
  );
}
