/** Where a body's bytes come from: they are here, or are loaded when they are to be shown. */
export type BodySource = {
  /** Where the server gives them as a download, where it does. */
  href?: string;
} & (
  | { bytes: Uint8Array<ArrayBuffer> }
  | {
      size: number | null;
      load: (
        signal: AbortSignal,
        onProgress: (received: number) => void,
      ) => Promise<Uint8Array<ArrayBuffer>>;
    }
);
