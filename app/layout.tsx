import { CSPProvider } from "@base-ui/react/csp-provider";
import { GeistMono } from "geist/font/mono";
import { GeistSans } from "geist/font/sans";
import type { Metadata } from "next";
import { headers } from "next/headers";
import type { ReactNode } from "react";
import { SignedInProvider } from "#components/sign-in/signed-in.tsx";
import { Toaster } from "#components/ui/toast.tsx";
import { ADMISSION_HEADER, readAdmission } from "#lib/access/admission.ts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Inlet", template: "%s · Inlet" },
  description: "A URL that keeps every request sent to it, exactly as it came.",
  robots: { index: false },
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  // Also makes every page one of its request: what is rendered beforehand cannot carry a nonce.
  const asked = await headers();
  const nonce = asked.get("x-nonce") ?? undefined;
  const admission = readAdmission(asked.get(ADMISSION_HEADER));
  const signedIn = admission && {
    name: admission.name,
    canSignOut: admission.sessionId !== null,
  };
  return (
    <html lang="en" className={`${GeistSans.variable} ${GeistMono.variable}`}>
      <body className="font-sans">
        <CSPProvider nonce={nonce}>
          <SignedInProvider signedIn={signedIn}>
            <Toaster>
              <div className="isolate">{children}</div>
            </Toaster>
          </SignedInProvider>
        </CSPProvider>
      </body>
    </html>
  );
}
