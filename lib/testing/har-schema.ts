import { createRequire } from "node:module";
import { Ajv, type AnySchemaObject } from "ajv";
import addFormats from "ajv-formats";
import { expect } from "vitest";

const require = createRequire(import.meta.url);
const schemas = Object.values(require("har-schema") as Record<string, AnySchemaObject>);

/** Not strict: the schema says `optional`, which JSON Schema does not know. */
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addMetaSchema(require("ajv/dist/refs/json-schema-draft-06.json") as AnySchemaObject);
ajv.addSchema(schemas);

/** Fails, and says where, unless it is a HAR 1.2 log. */
export function expectHar(value: unknown): void {
  ajv.validate("har.json#", value);
  expect(ajv.errors ?? []).toEqual([]);
}
