import { OpenAPIHono } from "@hono/zod-openapi";
import { z } from "zod";
import {
  ERROR_STATUS,
  ERROR_TITLE,
  type ErrorCode,
  PROBLEM_CONTENT_TYPE,
  problemSchema,
} from "#lib/contract/problem.ts";
import { changesState } from "./origin.ts";
import type { Route } from "./route.ts";

type JsonSchema = z.core.JSONSchema.BaseSchema;

/**
 * zod's own conversion, because zod-openapi 1.6 gets three of our schemas wrong: it refuses a null
 * `reply`, allows null for a number in the query, and forgets that a header pair has two items.
 */
function toJsonSchema(schema: z.ZodType): JsonSchema {
  return z.toJSONSchema(schema, {
    io: "input",
    override({ jsonSchema }) {
      // `format` says what zod's long patterns spell out, `integer` is enough without its bounds.
      if (jsonSchema.format) delete jsonSchema.pattern;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
}

/** Every schema that has an id and is reached from these, by its id. */
function componentsOf(schemas: z.ZodType[]): Record<string, object> {
  const { $defs } = toJsonSchema(z.union(schemas));
  return JSON.parse(JSON.stringify($defs).replaceAll("#/$defs/", "#/components/schemas/"));
}

function parametersOf({ names, query }: Route) {
  const places = [
    ["path", names?.schema],
    ["query", query],
  ] as const;
  return places.flatMap(([place, schema]) => {
    const { properties = {}, required = [] } = schema ? toJsonSchema(schema) : {};
    return Object.entries(properties).map(([name, property]) => ({
      name,
      in: place,
      required: required.includes(name),
      schema: property as object,
    }));
  });
}

/** Derived from what the route declares, so that no route can forget one. */
function errorsOf(route: Route): ErrorCode[] {
  const codes: ErrorCode[] = [];
  if (route.query || route.body) codes.push("invalid_request");
  if (route.access !== "public") codes.push("unauthorized");
  if (changesState(route.method.toUpperCase())) {
    if (route.access !== "public" && route.scope !== "read") codes.push("forbidden");
    codes.push("forbidden_origin");
  }
  if (route.names) codes.push("not_found");
  codes.push(...(route.errors ?? []));
  if (route.body) codes.push("payload_too_large", "unsupported_media_type");
  codes.push("internal");
  if (route.access !== "public") codes.push("unavailable");
  return codes;
}

function problemsOf(route: Route) {
  const codes = errorsOf(route);
  // Two codes can have one status: then it says both.
  const described = codes.map((code) => {
    const sameStatus = codes.filter((other) => ERROR_STATUS[other] === ERROR_STATUS[code]);
    const texts = sameStatus.map((one) => `\`${one}\`: ${ERROR_TITLE[one]}`);
    const content = { [PROBLEM_CONTENT_TYPE]: { schema: problemSchema } };
    return [ERROR_STATUS[code], { description: texts.join("; "), content }] as const;
  });
  return Object.fromEntries(described);
}

function successesOf({ success: { status, response, other } }: Route) {
  return { [status]: response, ...(other && { [other.status]: other.response }) };
}

function securityOf(route: Route) {
  if (route.access === "public") return [];
  const credentials = [{ bearer: [] }, { cookie: [] }];
  // Without an id in the path, what is optional can be called without credentials.
  return route.access === "optional" && !route.names ? [{}, ...credentials] : credentials;
}

/** The OpenAPI 3.1 document of the routes, made from the schemas that check the calls. */
export function openApiDocument(routes: readonly Route[], basePath: string) {
  const app = new OpenAPIHono();
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    description: "The token of a workspace, which `POST /bins` without credentials gives",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "cookie", {
    type: "apiKey",
    in: "cookie",
    name: "inlet",
    description:
      "A browser's workspace; `__Host-inlet` where the server has HTTPS. Calls that change " +
      "something must come from our own pages.",
  });
  for (const route of routes) {
    app.openAPIRegistry.registerPath({
      method: route.method,
      path: route.path,
      operationId: route.operationId,
      summary: route.summary,
      ...(route.description && { description: route.description }),
      security: securityOf(route),
      parameters: parametersOf(route),
      ...(route.body && {
        request: { body: { content: { "application/json": { schema: route.body } } } },
      }),
      responses: { ...successesOf(route), ...problemsOf(route) },
    });
  }
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Inlet",
      version: "1",
      description:
        "Bins that store every request sent to them, exactly as it came. Errors are RFC 9457 " +
        "problem details: branch on `code`, and quote `requestId` when you report one.",
    },
    servers: [{ url: basePath }],
  });
  const used = routes.flatMap(({ body, success }) => [body, success.schema]);
  const schemas = componentsOf([problemSchema, ...used.filter((schema) => schema !== undefined)]);
  return { ...document, components: { ...document.components, schemas } };
}
