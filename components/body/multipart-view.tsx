"use client";

import { ChevronRight } from "lucide-react";
import { useMemo, useState } from "react";
import { DeferredBodyViewer } from "#components/body/deferred-body-viewer.ts";
import { Loading } from "#components/body/loading.tsx";
import { dispositionOf, headerOf, type Multipart, type Part } from "#components/body/multipart.ts";
import type { OpenedBody } from "#components/body/open-body.ts";
import { imageType } from "#components/body/sniff.ts";
import { useAnswer } from "#components/body/use-answer.ts";
import { Button } from "#components/ui/button.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { formatCount } from "#components/ui/format-count.ts";
import { PairTable } from "#components/ui/pair-table.tsx";

const PAGE = 50;
/** The parts that begin open: the first few, where they are small. */
const OPEN_PARTS = 8;
const OPEN_BYTES = 64 * 1024;

/** A multipart body, part by part: its headers as they were sent, and its content in any view. */
export function MultipartView({ body }: { body: OpenedBody }) {
  const { value, error } = useAnswer(body, "multipart");
  const [shown, setShown] = useState(PAGE);
  if (error) return <Loading error={error} />;
  if (!value) return <Loading />;
  return (
    <div className="flex flex-col gap-2">
      {!value.complete && (
        <p className="text-amber text-xs">
          The closing boundary is missing: the last part may be cut off.
        </p>
      )}
      <Extras bytes={body.bytes} multipart={value} />
      {value.parts.length === 0 && <p className="text-faint text-sm">It has no parts.</p>}
      {value.parts.slice(0, shown).map((part, index) => (
        <PartCard
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a body never change
          key={index}
          number={index + 1}
          part={part}
          bytes={body.bytes}
        />
      ))}
      {value.parts.length > shown && (
        <Button size="sm" className="self-start" onClick={() => setShown(shown + PAGE)}>
          Show more of {formatCount(value.parts.length, "part")}
        </Button>
      )}
    </div>
  );
}

/** What stands outside of the parts is ignored by receivers, so it is worth a word. */
function Extras({ bytes, multipart }: { bytes: Uint8Array; multipart: Multipart }) {
  const { preamble, epilogue } = multipart;
  const around = [preamble, epilogue].filter(({ start, end }) =>
    bytes.subarray(start, end).some((byte) => byte !== 0x0d && byte !== 0x0a),
  );
  if (around.length === 0) return null;
  const size = around.reduce((sum, { start, end }) => sum + end - start, 0);
  return (
    <p className="text-muted text-xs">
      {formatBytes(size)} stand outside of the parts, where receivers ignore them. The text view has
      them.
    </p>
  );
}

type PartCardProps = { number: number; part: Part; bytes: Uint8Array<ArrayBuffer> };

function PartCard({ number, part, bytes }: PartCardProps) {
  const size = part.end - part.start;
  const [open, setOpen] = useState(number <= OPEN_PARTS && size <= OPEN_BYTES);
  const { name, filename } = dispositionOf(part);
  return (
    <details
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
      className="group/part rounded-md border"
    >
      <summary className="ring-inset-focus flex min-h-9 list-none items-center gap-2 rounded-md px-3 py-1 text-sm hover:bg-subtle [&::-webkit-details-marker]:hidden">
        <ChevronRight
          className="size-4 shrink-0 text-faint group-open/part:rotate-90"
          aria-hidden
        />
        <span className="as-sent min-w-0 font-medium">
          {name === null ? `Part ${number}` : <Exact text={name.slice(0, 200)} />}
        </span>
        {filename !== null && (
          <span className="as-sent min-w-0 text-muted text-xs">
            <Exact text={filename.slice(0, 200)} />
          </span>
        )}
        <span className="ml-auto shrink-0 text-faint text-xs">{formatBytes(size)}</span>
      </summary>
      {open && (
        <div className="flex flex-col gap-3 border-t p-3">
          {part.headers.length > 0 && (
            <PairTable pairs={part.headers.map(([name, value]) => ({ name, value }))} />
          )}
          {size === 0 ? (
            <p className="text-faint text-sm">The part is empty.</p>
          ) : (
            <PartContent part={part} bytes={bytes} name={filename ?? name ?? `part-${number}`} />
          )}
        </div>
      )}
    </details>
  );
}

function PartContent({ part, bytes, name }: Omit<PartCardProps, "number"> & { name: string }) {
  const source = useMemo(() => ({ bytes: bytes.slice(part.start, part.end) }), [bytes, part]);
  const declared = headerOf(part.headers, "content-type");
  // A part without a type is text (RFC 7578 4.4), unless its bytes say otherwise.
  const contentType = declared ?? (imageType(source.bytes, null) ? null : "text/plain");
  return (
    <DeferredBodyViewer
      source={source}
      contentType={contentType}
      contentEncoding={null}
      name={name}
    />
  );
}
