"use client";

import { type ComponentType, useEffect, useState } from "react";
import { Loading } from "#components/body/loading.tsx";

type Deferred<Props> = ComponentType<Props> & { preload: () => void };

/**
 * A component whose code is loaded when it is first needed. Unlike React's lazy() it is there at
 * once when its code is, and React does not hold it back for 300 ms as it does what was suspended.
 */
export function deferred<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): Deferred<Props> {
  let loaded: ComponentType<Props> | null = null;
  let loading: Promise<void> | null = null;

  function start(): Promise<void> {
    loading ??= load().then(
      (component) => {
        loaded = component;
      },
      (error) => {
        loading = null;
        throw error;
      },
    );
    return loading;
  }

  // biome-ignore lint/correctness/noComponentHookFactories: called once in a module, never in a render
  function DeferredComponent(props: Props) {
    const [, setState] = useState(0);
    const [error, setError] = useState<unknown>(null);
    const isMissing = loaded === null;
    useEffect(() => {
      if (!isMissing) return;
      let isCurrent = true;
      start().then(
        () => isCurrent && setState((count) => count + 1),
        (cause) => isCurrent && setError(cause),
      );
      return () => {
        isCurrent = false;
      };
    }, [isMissing]);
    const Component = loaded;
    if (Component) return <Component {...props} />;
    // The build that this page is of may be gone.
    return (
      <Loading error={error && new Error("This view could not be loaded. Reload the page.")} />
    );
  }

  return Object.assign(DeferredComponent, { preload: () => void start().catch(() => {}) });
}
