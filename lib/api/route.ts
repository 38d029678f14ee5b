import { z } from "zod";
import { ADMISSION_HEADER } from "#lib/access/admission.ts";
import { CALLER_ADDRESS_HEADER } from "#lib/access/caller-address.ts";
import { binIdSchema, captureIdSchema, forwardRuleIdSchema } from "#lib/contract/ids.ts";
import type { ErrorCode } from "#lib/contract/problem.ts";
import { shareIdSchema, shareSecretSchema } from "#lib/contract/share.ts";
import { tokenIdSchema } from "#lib/contract/token.ts";
import { deviceSecretSchema } from "#lib/contract/workspace.ts";
import { AppError, notFound } from "#lib/errors.ts";
import type { Runtime } from "#lib/runtime.ts";
import { changesState, checkOrigin } from "./origin.ts";
import { readJson } from "./request-body.ts";
import type { Success } from "./success.ts";
import { validate } from "./validate.ts";

type Visitor = NonNullable<Awaited<ReturnType<Runtime["access"]["identify"]>>>;
type Scope = Visitor["scope"];

/**
 * Who may call a route:
 * - `public`: anybody, credentials are not looked at.
 * - `optional`: anybody; the runtime decides what a caller without credentials gets.
 * - `required`: only the holder of a workspace.
 */
export type Access = "public" | "optional" | "required";

type VisitorFor<A extends Access> = A extends "required" ? Visitor : Visitor | null;

type Named<P extends z.ZodObject> = { what: Parameters<typeof notFound>[0]; schema: P };

/** The thing that a path names. An id that cannot be one is answered like one that is not there. */
export const aBin = { what: "bin", schema: z.object({ binId: binIdSchema }) } as const;
export const aDelivery = {
  what: "delivery",
  schema: z.object({ id: captureIdSchema }),
} as const;
export const aRule = { what: "rule", schema: z.object({ id: forwardRuleIdSchema }) } as const;
export const aForward = { what: "forward", schema: z.object({ id: captureIdSchema }) } as const;
export const aBulkResend = {
  what: "bulk resend",
  schema: z.object({ id: captureIdSchema }),
} as const;
export const aCapture = { what: "capture", schema: z.object({ id: captureIdSchema }) } as const;
export const aShare = { what: "share", schema: z.object({ id: shareIdSchema }) } as const;
export const aToken = { what: "token", schema: z.object({ id: tokenIdSchema }) } as const;
export const aBrowser = { what: "browser", schema: z.object({ id: tokenIdSchema }) } as const;
export const aDeviceLink = {
  what: "device link",
  schema: z.object({ id: tokenIdSchema }),
} as const;
export const aDeviceSecret = {
  what: "device link",
  schema: z.object({ secret: deviceSecretSchema }),
} as const;
export const aLink = { what: "share", schema: z.object({ secret: shareSecretSchema }) } as const;
export const aSharedCapture = {
  what: "capture",
  schema: z.object({ secret: shareSecretSchema, id: captureIdSchema }),
} as const;

type RouteOptions<
  A extends Access,
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  T,
> = {
  method: "get" | "post" | "patch" | "delete";
  /** Below the API's root, with `{parameters}` as OpenAPI writes them. */
  path: string;
  operationId: string;
  summary: string;
  description?: string;
  access: A;
  /**
   * The scope that a token needs: `write` for every method but GET unless a route says otherwise,
   * so that a new one cannot forget it.
   */
  scope?: Scope;
  names?: Named<P>;
  query?: Q;
  /** An empty parameter is not one that was left out: it would mean something else. */
  keepsEmpty?: true;
  /** Schema of the JSON body. An empty body is taken for `{}`. */
  body?: B;
  success: Success<T>;
  /** Codes that the use case may answer besides those that follow from the rest. */
  errors?: readonly ErrorCode[];
  handler(call: {
    runtime: Runtime;
    visitor: VisitorFor<A>;
    params: z.output<P>;
    query: z.output<Q>;
    body: z.output<B>;
    /** Headers of the answer. */
    headers: Headers;
    /** Who is calling, as far as the proxies in front are believed; null when nobody knows. */
    address: string | null;
    /** What the caller calls itself. */
    agent: string | null;
  }): Promise<T>;
};

export type Incoming = {
  request: Request;
  params: Record<string, string>;
  query: Record<string, string[]>;
};

export type Route = Omit<
  RouteOptions<Access, z.ZodObject, z.ZodObject, z.ZodType, unknown>,
  "handler" | "success"
> & {
  success: Omit<Success<unknown>, "send">;
  /** Checks everything that the route declares, then handles the call. */
  run(incoming: Incoming, runtime: Runtime): Promise<Response>;
};

export function defineRoute<
  A extends Access,
  P extends z.ZodObject,
  Q extends z.ZodObject,
  B extends z.ZodType,
  T,
>(options: RouteOptions<A, P, Q, B, T>): Route {
  const { names, query, keepsEmpty, body, success, handler } = options;
  return {
    ...options,
    async run(incoming, runtime) {
      const { request } = incoming;
      const visitor = await authorise(options, request, runtime);
      const headers = new Headers();
      const value = await handler({
        runtime,
        visitor: visitor as VisitorFor<A>,
        params: (names && parseParams(names, incoming.params)) as z.output<P>,
        query: (query &&
          validate(query, singles(incoming.query, keepsEmpty), "query")) as z.output<Q>,
        body: (body && validate(body, await readJson(request), "body")) as z.output<B>,
        headers,
        address: request.headers.get(CALLER_ADDRESS_HEADER) || null,
        agent: request.headers.get("user-agent"),
      });
      return success.send(value, headers);
    },
  };
}

/** Everything about the caller that can be refused is refused here, before anything is done. */
async function authorise(
  { access, scope }: { access: Access; scope?: Scope },
  request: Request,
  runtime: Runtime,
): Promise<Visitor | null> {
  if (access === "public") {
    // No cookie opens anything here, yet no other page may make this browser send something.
    if (changesState(request.method)) checkOrigin(request.headers, runtime.access);
    return null;
  }
  const visitor = await runtime.access.identify({
    authorization: request.headers.get("authorization"),
    cookie: request.headers.get("cookie"),
    agent: request.headers.get("user-agent"),
    admission: request.headers.get(ADMISSION_HEADER),
  });
  // Without credentials too: the answer may set a workspace's cookie.
  if (changesState(request.method) && visitor?.via !== "token") {
    checkOrigin(request.headers, runtime.access);
  }
  if (access === "required" && !visitor) {
    throw new AppError(
      "unauthorized",
      "Send a workspace's cookie or Authorization: Bearer <token>. " +
        "POST /api/v1/bins without credentials makes a workspace and gives its token.",
    );
  }
  if (visitor?.scope === "read" && (scope ?? scopeFor(request.method)) === "write") {
    throw new AppError(
      "forbidden",
      "This token may only read. Use one with the scope write, which the workspace's page gives.",
    );
  }
  return visitor;
}

function scopeFor(method: string): Scope {
  return changesState(method) ? "write" : "read";
}

function parseParams<P extends z.ZodObject>({ what, schema }: Named<P>, input: unknown) {
  const result = schema.safeParse(input);
  if (!result.success) throw notFound(what);
  return result.data;
}

/**
 * A parameter that comes more than once stays a list, which no schema of a single one takes. An
 * empty one counts as left out: forms send those.
 */
function singles(
  query: Record<string, string[]>,
  keepsEmpty = false,
): Record<string, string | string[] | undefined> {
  return Object.fromEntries(
    Object.entries(query).map(([name, values]) => [
      name,
      values.length > 1 ? values : keepsEmpty ? values[0] : values[0] || undefined,
    ]),
  );
}
