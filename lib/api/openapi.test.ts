import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, test } from "vitest";
import { problemSchema } from "#lib/contract/problem.ts";
import { binRoutes } from "./bins.ts";
import { captureRoutes } from "./captures.ts";
import { deletionRoutes } from "./deletions.ts";
import { openApiDocument } from "./openapi.ts";

const routes = [...binRoutes, ...captureRoutes, ...deletionRoutes];
const document = openApiDocument(routes, "/api/v1");

function responsesOf(path: string, method: "get" | "post" | "patch" | "delete") {
  return Object.keys(document.paths?.[path]?.[method]?.responses ?? {});
}

describe("the OpenAPI document", () => {
  test("passes a validator as OpenAPI 3.1", async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
    // Throws for a reference that leads nowhere.
    expect(validator.resolveRefs()).toBeTypeOf("object");
  });

  test("has every route, with both ways to authorise", () => {
    for (const { path, method } of routes) {
      expect(document.paths?.[path]?.[method]?.security).toEqual(
        expect.arrayContaining([{ bearer: [] }, { cookie: [] }]),
      );
    }
    expect(document.paths?.["/bins"]?.post?.security).toContainEqual({});
    expect(document.paths?.["/bins"]?.get?.security).not.toContainEqual({});
    expect(Object.keys(document.components.securitySchemes ?? {})).toEqual(["bearer", "cookie"]);
  });

  test("documents the problems of each route", () => {
    expect(responsesOf("/bins", "get")).toEqual(["200", "401", "500", "503"]);
    expect(responsesOf("/bins/{binId}/captures", "get")).toEqual([
      "200",
      "400",
      "401",
      "404",
      "500",
      "503",
    ]);
    expect(responsesOf("/captures/{id}", "patch")).toEqual([
      "200",
      "400",
      "401",
      "403",
      "404",
      "413",
      "415",
      "500",
      "503",
    ]);
    expect(responsesOf("/bins/{binId}", "delete")).toEqual([
      "204",
      "401",
      "403",
      "404",
      "500",
      "503",
    ]);
    expect(document.paths?.["/bins"]?.get?.responses?.["401"]).toMatchObject({
      content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
    });
    expect(Object.keys(document.components.schemas)).toContain(problemSchema.meta()?.id);
  });

  test("says what the schemas say about null, pairs and numbers in the query", () => {
    const { CreateBin, Reply } = document.components.schemas;
    expect(CreateBin).toMatchObject({
      properties: { reply: { anyOf: [{ $ref: "#/components/schemas/Reply" }, { type: "null" }] } },
    });
    expect(Reply).toMatchObject({
      properties: { headers: { items: { minItems: 2, maxItems: 2 } } },
    });
    expect(document.paths?.["/bins/{binId}/captures"]?.get?.parameters).toContainEqual({
      name: "before",
      in: "query",
      required: false,
      schema: { type: "integer", minimum: 0 },
    });
  });
});
