"use client";

import { createContext, type ReactNode, useContext } from "react";

/** Who uses a closed instance. */
export type SignedIn = {
  /** Null for who knew the password. */
  name: string | null;
  /** False where a proxy signs people in and out. */
  canSignOut: boolean;
};

const SignedInContext = createContext<SignedIn | null>(null);

type SignedInProviderProps = { signedIn: SignedIn | null; children: ReactNode };

export function SignedInProvider({ signedIn, children }: SignedInProviderProps) {
  return <SignedInContext value={signedIn}>{children}</SignedInContext>;
}

/** Null where the instance is open to everybody. */
export function useSignedIn(): SignedIn | null {
  return useContext(SignedInContext);
}
