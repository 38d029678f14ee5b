"use client";

import { useEffect, useState } from "react";
import { Frame } from "#components/body/frame.tsx";

type ImageViewProps = { bytes: Uint8Array<ArrayBuffer>; type: string };

/**
 * An image, as an image alone: nothing in it runs or loads. An SVG goes into a data: URL, which has
 * an origin of its own should somebody open it by itself; a blob: URL would have ours.
 */
export function ImageView({ bytes, type }: ImageViewProps) {
  const url = useImageUrl(bytes, type);
  const [size, setSize] = useState<string | null>(null);
  const [broken, setBroken] = useState(false);
  if (broken) {
    return (
      <p
        role="status"
        className="rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-amber text-sm"
      >
        The browser cannot show this as an image. The hex view has its bytes.
      </p>
    );
  }
  return (
    <Frame footer={size}>
      <div className="grid min-h-16 place-items-center bg-[repeating-conic-gradient(var(--hover)_0_25%,var(--canvas)_0_50%)] bg-size-[16px_16px] p-3">
        {url && (
          // biome-ignore lint/performance/noImgElement: the bytes are here already
          <img
            src={url}
            alt="The body of the request"
            className="max-h-[70dvh] max-w-full"
            onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
              setSize(naturalWidth > 0 ? `${naturalWidth} × ${naturalHeight} pixels` : null)
            }
            onError={() => setBroken(true)}
          />
        )}
      </div>
    </Frame>
  );
}

function useImageUrl(bytes: Uint8Array<ArrayBuffer>, type: string): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (type === "image/svg+xml") {
      setUrl(`data:image/svg+xml;base64,${toBase64(bytes)}`);
      return;
    }
    const next = URL.createObjectURL(new Blob([bytes], { type }));
    setUrl(next);
    return () => URL.revokeObjectURL(next);
  }, [bytes, type]);
  return url;
}

function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}
