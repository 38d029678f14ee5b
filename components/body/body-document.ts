import {
  type BodyView,
  isForm,
  isHtmlType,
  isJsonType,
  isNdjsonType,
  isTextual,
  isXmlType,
} from "#components/body/body-kind.ts";
import { type DecodedText, decodeText } from "#components/body/decode-text.ts";
import { findText, type Matches } from "#components/body/find-text.ts";
import { type OutlineResult, outlineJson } from "#components/body/json-outline.ts";
import { type MarkupTokens, markupTokens } from "#components/body/markup-tokens.ts";
import { boundaryOf, type Multipart, parseMultipart } from "#components/body/multipart.ts";
import { outlineNdjson } from "#components/body/ndjson-outline.ts";
import { imageType, isPdf, looksLikeText } from "#components/body/sniff.ts";
import { type TextRows, textRows } from "#components/body/text-rows.ts";
import { outlineXml } from "#components/body/xml-outline.ts";

export type BodyFacts = {
  /** The views that make sense, the best one first; text and hex always do. */
  views: BodyView[];
  charset: string;
  /** Some bytes have no meaning in the charset. */
  lossy: boolean;
  /** It is not what its type says: there is no structure to show. */
  faulty: boolean;
  /** The type of image that it is. */
  image: string | null;
};

export type OutlineView = "json" | "ndjson" | "xml";

/** What can be asked of a body, here or in a worker. Large answers are numbers in typed arrays. */
export type BodyAnswers = {
  text: () => string;
  outline: (view: OutlineView) => OutlineResult;
  textRows: (columns: number) => TextRows;
  markup: () => MarkupTokens;
  find: (query: string) => Matches;
  multipart: () => Multipart | null;
};

/** The bytes of a body, decoded already, and what is to be known of them. */
export class BodyDocument implements BodyAnswers {
  readonly facts: BodyFacts;
  readonly #bytes: Uint8Array;
  readonly #contentType: string | null;
  readonly #decoded: DecodedText;
  /** Made to find out what the body is; whoever asks gets it. */
  #outlines: Partial<Record<OutlineView, OutlineResult>> = {};

  constructor(bytes: Uint8Array, contentType: string | null) {
    this.#bytes = bytes;
    this.#contentType = contentType;
    this.#decoded = decodeText(bytes, contentType);
    this.facts = this.#findOut();
  }

  text(): string {
    return this.#decoded.text;
  }

  outline(view: OutlineView): OutlineResult {
    const result = this.#outlines[view] ?? this.#outline(view);
    // It may leave to another thread, which takes its arrays along.
    delete this.#outlines[view];
    return result;
  }

  textRows(columns: number): TextRows {
    return textRows(this.#decoded.text, columns);
  }

  markup(): MarkupTokens {
    return markupTokens(this.#decoded.text);
  }

  find(query: string): Matches {
    return findText(this.#decoded.text, query);
  }

  multipart(): Multipart | null {
    const boundary = boundaryOf(this.#contentType);
    return boundary === null ? null : parseMultipart(this.#bytes, boundary);
  }

  #outline(view: OutlineView): OutlineResult {
    const text = this.#decoded.text;
    try {
      if (view === "xml") return outlineXml(text);
      return view === "json" ? outlineJson(text) : outlineNdjson(text);
    } catch {
      // Memory, or a tag of megabytes that the engine's regular expressions give up on.
      return { outline: null, fault: { at: 0, message: "it is too large to lay out" } };
    }
  }

  #try(view: OutlineView): OutlineResult {
    const result = this.#outline(view);
    this.#outlines[view] = result;
    return result;
  }

  #findOut(): BodyFacts {
    const type = this.#contentType;
    const { text, charset, lossy } = this.#decoded;
    const image = imageType(this.#bytes, type);
    const views: BodyView[] = [];
    if (image) views.push("image");
    else if (isPdf(this.#bytes, type)) views.push("pdf");
    if (this.multipart()) views.push("multipart");
    if (isForm(type)) views.push("form");
    if (!image || image === "image/svg+xml") views.push(...this.#structured());
    const begin = text.slice(0, 300).trimStart();
    if (isHtmlType(type) || /^<(!doctype html|html)[\s>]/i.test(begin))
      views.push("html", "preview");
    const isText = looksLikeText(text) && (isTextual(type) || !lossy);
    const isReadable = isText && (!image || image === "image/svg+xml");
    views.push(...(isReadable ? (["text", "hex"] as const) : (["hex", "text"] as const)));
    const first = this.#outlines[views[0] as OutlineView];
    return { views, charset, lossy, faulty: Boolean(first?.fault), image };
  }

  /** The views that show a structure, where the text has it or is said to have it. */
  #structured(): BodyView[] {
    const type = this.#contentType;
    const { text } = this.#decoded;
    const begin = text.slice(0, 300).trimStart();
    if (isNdjsonType(type)) {
      this.#try("ndjson");
      return ["ndjson"];
    }
    if (isJsonType(type) || (/^[[{]/.test(begin) && boundaryOf(type) === null)) {
      const { fault } = this.#try("json");
      if (fault === null) return ["json"];
      // A second value after the first: lines of JSON under another name.
      if (fault.message.endsWith("nothing more should be") && this.#isNdjson()) return ["ndjson"];
      return isJsonType(type) ? ["json"] : [];
    }
    if (isHtmlType(type)) return [];
    if (!isXmlType(type) && !begin.startsWith("<?xml")) return [];
    this.#try("xml");
    return ["xml"];
  }

  #isNdjson(): boolean {
    const result = outlineNdjson(this.#decoded.text);
    this.#outlines.ndjson = result;
    return result.records > 1 && result.others === 0;
  }
}
