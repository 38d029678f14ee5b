export type TypeLanguage = "typescript" | "schema" | "zod" | "go" | "python";

/** What types can be written in, and what a file of them is called. */
export const TYPE_LANGUAGES: Record<TypeLanguage, { label: string; extension: string }> = {
  typescript: { label: "TypeScript", extension: "ts" },
  schema: { label: "JSON Schema", extension: "schema.json" },
  zod: { label: "Zod", extension: "ts" },
  go: { label: "Go", extension: "go" },
  python: { label: "Python", extension: "py" },
};
