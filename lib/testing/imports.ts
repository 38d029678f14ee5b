import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { projectRoot } from "../build/project-root.mjs";

const root = projectRoot(import.meta.url);

export type Source = { path: string; text: string };

/** What a module imports: a file of the project, as a path from its root, or a package. */
export type Import = { file: string } | { package: string };

/** Sources of the project below a folder, or one file; without generated ones. */
export function sourcesBelow(path: string): Source[] {
  if (!existsSync(join(root, path))) return [];
  if (/\.(ts|tsx|mts|mjs|js|jsx)$/.test(path)) {
    return [{ path, text: readFileSync(join(root, path), "utf8") }];
  }
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) => {
    const child = `${path}/${entry.name}`;
    if (entry.name === "generated") return [];
    if (entry.isDirectory()) return sourcesBelow(child);
    return /\.(ts|tsx|mts|mjs|js|jsx)$/.test(entry.name) ? sourcesBelow(child) : [];
  });
}

function resolve(from: string, specifier: string): Import {
  if (specifier.startsWith(".")) return { file: posix.join(posix.dirname(from), specifier) };
  if (specifier.startsWith("#")) return { file: specifier.slice(1) };
  if (specifier.startsWith("node:")) return { package: specifier };
  const [scope, name] = specifier.split("/");
  return { package: scope!.startsWith("@") ? `${scope}/${name}` : scope! };
}

/** Static and dynamic imports, re-exports, and types by `import("…")`. */
export function importsOf({ path, text }: Source): Import[] {
  const { module, program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`);
  const specifiers = new Set(module.staticImports.map((one) => one.moduleRequest.value));
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) if (moduleRequest) specifiers.add(moduleRequest.value);
  }
  new Visitor({
    ImportExpression({ source }) {
      // A computed one cannot be judged.
      if (source.type === "Literal") specifiers.add(String(source.value));
    },
    TSImportType({ source }) {
      specifiers.add(source.value);
    },
  }).visit(program);
  return [...specifiers].map((specifier) => resolve(path, specifier));
}

export const exists = (path: string) => existsSync(join(root, path));
