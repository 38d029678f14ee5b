"use client";

import { useEffect, useState } from "react";
import { notifyError } from "#components/ui/toast.tsx";

/** A module that comes with its first use, and is there at once from then on. */
export type LazyPart<Module> = { loaded: Module | null; load: () => Promise<Module> };

export function lazyPart<Module>(load: () => Promise<Module>): LazyPart<Module> {
  const part: LazyPart<Module> = {
    loaded: null,
    async load() {
      part.loaded = await load();
      return part.loaded;
    },
  };
  return part;
}

const FAILED = new Error(
  "The server could not be reached, or has another version now. Reload the page.",
);

/** The module once it is there; asks for it when it is wanted. */
export function useLazyPart<Module>(part: LazyPart<Module>, wanted: boolean): Module | null {
  const [module, setModule] = useState(part.loaded);
  const isMissing = wanted && module === null;

  useEffect(() => {
    if (!isMissing) return;
    let isCurrent = true;
    part.load().then(
      (loaded) => isCurrent && setModule(loaded),
      () => isCurrent && notifyError("A part of this page was not loaded", FAILED),
    );
    return () => {
      isCurrent = false;
    };
  }, [part, isMissing]);

  return module;
}
