import { randomUUID } from "node:crypto";
import { Hono } from "hono";
import { z } from "zod";
import { AppError, isAppError } from "#lib/errors.ts";
import type { Runtime } from "#lib/runtime.ts";
import { binRoutes } from "./bins.ts";
import { bulkResendRoutes } from "./bulk-resends.ts";
import { captureRoutes } from "./captures.ts";
import { deletionRoutes } from "./deletions.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { exportRoutes } from "./exports.ts";
import { forwardRoutes } from "./forwards.ts";
import { limitRoutes } from "./limits.ts";
import { openApiDocument } from "./openapi.ts";
import { problemResponse } from "./problem.ts";
import { defineRoute, type Route } from "./route.ts";
import { shareRoutes } from "./shares.ts";
import { json } from "./success.ts";
import { tokenRoutes } from "./tokens.ts";
import { workspaceRoutes } from "./workspace.ts";

const BASE_PATH = "/api/v1";

/** For every answer, unless its route says otherwise. */
const DEFAULT_HEADERS = {
  "Cache-Control": "no-store",
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
};

type Bindings = { runtime: Runtime; requestId: string };
type Api = Hono<{ Bindings: Bindings }>;

const getOpenApi = defineRoute({
  method: "get",
  path: "/openapi.json",
  operationId: "getOpenApi",
  summary: "Get this description of the API",
  access: "public",
  success: json(200, "An OpenAPI 3.1 document", z.looseObject({ openapi: z.string() })),
  handler: async () => ({ ...getDocument() }),
});

const routes: readonly Route[] = [
  ...binRoutes,
  ...captureRoutes,
  ...deletionRoutes,
  ...exportRoutes,
  ...shareRoutes,
  ...deliveryRoutes,
  ...tokenRoutes,
  ...forwardRoutes,
  ...bulkResendRoutes,
  ...limitRoutes,
  ...workspaceRoutes,
  getOpenApi,
];

let document: ReturnType<typeof openApiDocument> | undefined;

function getDocument() {
  document ??= openApiDocument(routes, BASE_PATH);
  return document;
}

function addRoute(app: Api, { method, path, run }: Route): void {
  app.on(method, honoPath(path), ({ req, env }) =>
    run({ request: req.raw, params: req.param(), query: req.queries() }, env.runtime),
  );
}

/** Says what the path can do. No CORS is offered, so OPTIONS answers with `Allow` alone. */
function addOtherMethods(app: Api, path: string): void {
  const methods = routes.filter((route) => route.path === path).map(({ method }) => method);
  const allow = [...methods, ...(methods.includes("get") ? ["head"] : []), "options"]
    .join(", ")
    .toUpperCase();
  app.all(honoPath(path), ({ req, env }) => {
    if (req.method === "OPTIONS") {
      return new Response(null, { status: 204, headers: { Allow: allow } });
    }
    const error = new AppError("method_not_allowed", `${BASE_PATH}${path} takes ${allow}.`);
    return problemResponse(error, env.requestId, { Allow: allow });
  });
}

/** OpenAPI writes `{id}`, Hono `:id`. */
function honoPath(path: string): string {
  return BASE_PATH + path.replaceAll(/\{(\w+)\}/g, ":$1");
}

function buildApp(): Api {
  const app: Api = new Hono();
  for (const route of routes) addRoute(app, route);
  // Hono asks in this order, so these come after all routes.
  for (const path of new Set(routes.map((route) => route.path))) addOtherMethods(app, path);
  app.notFound(() => {
    throw new AppError("not_found", `There is no such call. ${BASE_PATH}/openapi.json lists them.`);
  });
  // Hono hands over only what is an `Error`; `createApi` maps everything, in one place.
  app.onError((error) => {
    throw error;
  });
  return app;
}

function errorResponse(error: unknown, { runtime, requestId }: Bindings): Response {
  const known = isAppError(error)
    ? error
    : new AppError("internal", "This is our mistake. Report it with its request id.");
  if (known.status >= 500) runtime.log.error({ err: error, requestId }, "API call failed");
  return problemResponse(known, requestId);
}

/** The whole API as one function. It rejects only when there is no runtime. */
export function createApi(getRuntime: () => Runtime): (request: Request) => Promise<Response> {
  const app = buildApp();
  return async (request) => {
    const bindings = { runtime: getRuntime(), requestId: randomUUID() };
    let response: Response;
    try {
      response = await app.fetch(request, bindings);
    } catch (error) {
      response = errorResponse(error, bindings);
    }
    response.headers.set("X-Request-Id", bindings.requestId);
    for (const [name, value] of Object.entries(DEFAULT_HEADERS)) {
      if (!response.headers.has(name)) response.headers.set(name, value);
    }
    return request.method === "HEAD" ? new Response(null, response) : response;
  };
}
