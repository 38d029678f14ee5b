import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { explainFault } from "#components/sign-in/explain-fault.ts";
import { PasswordForm } from "#components/sign-in/password-form.tsx";
import { ProviderLink } from "#components/sign-in/provider-link.tsx";
import { StillKnown } from "#components/sign-in/still-known.tsx";
import { Logo } from "#components/site/logo.tsx";
import { nextPath } from "#lib/access/sign-in/next-path.ts";
import { getRuntime } from "#lib/runtime.ts";

export const dynamic = "force-dynamic";

export const metadata: Metadata = { title: "Sign in" };

type SignInPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const way = getRuntime().signIn;
  if (!way) redirect("/");
  const query = await searchParams;
  const one = (name: string) => [query[name]].flat()[0] ?? null;
  const next = nextPath(one("next"));
  const retry = Number(one("retry") ?? "");
  const code = one("code");
  const error = explainFault({
    fault: one("fault") ?? "",
    retryAfterSeconds: Number.isInteger(retry) && retry > 0 && retry < 1e5 ? retry : null,
    code: code !== null && /^[a-z_]{1,60}$/.test(code) ? code : null,
  });
  return (
    <main className="mx-auto flex max-w-[400px] flex-col gap-6 px-4 pt-[14vh] pb-16">
      <div className="flex items-center gap-2 font-semibold text-base">
        <Logo className="size-5 text-accent" />
        Inlet
      </div>
      <div className="flex flex-col gap-2">
        <h1 className="font-semibold text-xl">Sign in</h1>
        <p className="text-muted">
          This instance is closed: making bins and reading what came needs a sign-in.
        </p>
      </div>
      {way.kind === "password" && <PasswordForm next={next} error={error} />}
      {way.kind === "provider" && (
        <>
          {one("still-known") && <StillKnown name={way.name} endUrl={way.endUrl} />}
          <ProviderLink name={way.name} startUrl={way.startUrl} next={next} error={error} />
        </>
      )}
      {way.kind === "proxy" && <AskTheProxy header={way.header} next={next} />}
      <p className="border-t pt-4 text-faint text-sm">
        Capture URLs and share links work for everybody, without signing in.
      </p>
    </main>
  );
}

function AskTheProxy({ header, next }: { header: string; next: string }) {
  return (
    <div className="flex flex-col gap-2 text-sm">
      <p>
        A proxy in front of Inlet signs people in here, and this request came without a name from
        it.{" "}
        <a href={next} className="text-accent underline underline-offset-2">
          Try again
        </a>{" "}
        by the address that you were given for Inlet.
      </p>
      <p className="text-muted">
        If you run this instance: the proxy has to send one{" "}
        <code className="whitespace-nowrap font-mono text-xs">{header}</code> header, and its
        address has to be in <code className="font-mono text-xs">TRUST_PROXY</code>.
      </p>
    </div>
  );
}
