import type { createRoute } from "@hono/zod-openapi";
import type { z } from "zod";
import type { ExportedFile } from "#lib/runtime.ts";

type ResponseConfig = Parameters<typeof createRoute>[0]["responses"][number];

/** What a route answers when all went well: how it is documented and how it is sent. */
export type Success<T> = {
  status: number;
  response: ResponseConfig;
  schema?: z.ZodType;
  /** Another way in which all can have gone well. */
  other?: { status: number; response: ResponseConfig };
  send(value: T, headers: Headers): Response;
};

export function json<S extends z.ZodType>(
  status: number,
  description: string,
  schema: S,
): Success<z.output<S>> {
  return {
    status,
    schema,
    response: { description, content: { "application/json": { schema } } },
    send(value, headers) {
      headers.set("Content-Type", "application/json");
      return new Response(JSON.stringify(value), { status, headers });
    },
  };
}

export function noContent(description: string): Success<void> {
  return {
    status: 204,
    response: { description },
    send: (_value, headers) => new Response(null, { status: 204, headers }),
  };
}

/** An answer where there is something to tell, else none. */
export function jsonOrNoContent<S extends z.ZodType>(
  told: Success<z.output<S>>,
  untold: Success<void>,
): Success<z.output<S> | null> {
  return {
    ...told,
    other: untold,
    send: (value, headers) =>
      value === null ? untold.send(undefined, headers) : told.send(value, headers),
  };
}

/**
 * Bytes that a stranger sent, on the dashboard's own origin: whatever they are, a browser must
 * save them and never run them. So the type is the one that nothing sniffs, also for a request
 * as it came, since `message/http` is shown as text by some browsers.
 */
export function download<T extends { body: Uint8Array }>(
  description: string,
  fileName: (value: T) => string,
): Success<T> {
  return {
    status: 200,
    response: {
      description,
      content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } },
    },
    send(value, headers) {
      const { body } = value;
      headers.set("Content-Type", "application/octet-stream");
      // Next 16 takes this out again and sends chunks; whatever else serves the API keeps it.
      headers.set("Content-Length", String(body.byteLength));
      headers.set("Content-Disposition", `attachment; filename="${fileName(value)}"`);
      headers.set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox");
      headers.set("Cache-Control", "no-store, no-transform");
      return new Response(body as Uint8Array<ArrayBuffer>, { status: 200, headers });
    },
  };
}

/** Asks the generator for more only as fast as the reader takes it; ends it when the reader goes. */
function toStream(content: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        // An empty piece would not wake the reader.
        for (;;) {
          const { done, value } = await content.next();
          if (done) return controller.close();
          if (value !== "") return controller.enqueue(encoder.encode(value));
        }
      },
      async cancel() {
        await content.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

/**
 * A file that is made of captures, for saving like `download`. One that cannot be finished ends with
 * a broken connection, so that it is not taken for a whole one.
 */
export function file(description: string): Success<ExportedFile> {
  return {
    status: 200,
    response: {
      description,
      content: { "application/octet-stream": { schema: { type: "string", format: "binary" } } },
    },
    send({ name, content }, headers) {
      headers.set("Content-Type", "application/octet-stream");
      headers.set("Content-Disposition", `attachment; filename="${name}"`);
      headers.set("Cache-Control", "no-store, no-transform");
      const body = typeof content === "string" ? content : toStream(content);
      return new Response(body, { status: 200, headers });
    },
  };
}
