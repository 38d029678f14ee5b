import { InputData, jsonInputForTargetLanguage, quicktype } from "quicktype-core";
import type { TypeLanguage } from "#components/types/type-language.ts";

export type TypesInput = {
  /** Bodies as they were sent. */
  bodies: Uint8Array[];
  language: TypeLanguage;
  name: string;
};

export type TypesOutput = {
  /** Null where no body is JSON, empty where the language has no type of its own for what they are. */
  code: string | null;
  /** How many bodies of each sort there were. */
  used: number;
  notJson: number;
  empty: number;
  /** Whether a number is longer than a JavaScript number keeps. */
  hasLongNumbers: boolean;
};

const LANGUAGES = {
  typescript: "typescript",
  schema: "schema",
  zod: "typescript-zod",
  go: "go",
  python: "python",
} as const;

/** Deeper bodies would end the generator, which is recursive. */
const MAX_DEPTH = 200;

/** Types that all JSON bodies among these have. What is not JSON is counted, not refused. */
export async function makeTypes({ bodies, language, name }: TypesInput): Promise<TypesOutput> {
  const filled = bodies.filter((body) => body.length > 0);
  const samples = filled.flatMap((body) => readJson(body) ?? []);
  const counts = {
    used: samples.length,
    notJson: filled.length - samples.length,
    empty: bodies.length - filled.length,
    hasLongNumbers: samples.some((text) => /[[:,\s]-?\d{17,}(?=[\s,\]}])/.test(text)),
  };
  if (samples.length === 0) return { code: null, ...counts };
  const lang = LANGUAGES[language];
  const input = jsonInputForTargetLanguage(lang);
  await input.addSource({ name, samples });
  const inputData = new InputData();
  inputData.addInput(input);
  const { lines } = await quicktype({
    inputData,
    lang,
    // After JSON.parse a date is a string.
    inferDateTimes: language === "schema",
    rendererOptions: { "just-types": "true" },
  });
  const code = lines.join("\n").trim();
  // Of a list of texts, or a map, TypeScript names nothing.
  return { code: code && `${code}\n`, ...counts };
}

function readJson(body: Uint8Array): string | null {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(body);
    JSON.parse(text);
    return depthOf(text) > MAX_DEPTH ? null : text;
  } catch {
    return null;
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [token] of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]]/g)) {
    if (token === "{" || token === "[") {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (token === "}" || token === "]") depth -= 1;
  }
  return deepest;
}
