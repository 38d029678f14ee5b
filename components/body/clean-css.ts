import { type CSSToken, TokenType, tokenize } from "@csstools/css-tokenizer";

/** Rules that load something, or only make sense of what was loaded. */
const LOADING_RULES = new Set(["import", "font-face"]);

/** Functions whose strings are addresses (CSS Images 4, CSS Values 5). */
const LOADING_FUNCTIONS = new Set(["src", "image", "image-set", "-webkit-image-set"]);

/** Whether an address is the image itself. */
export const isHeldImage = (url: string) => /^\s*data:image\//i.test(url);

/** What needs no network: also a part of the same document. */
const isHeld = (url: string) => isHeldImage(url) || /^\s*#/.test(url);

/**
 * CSS without what it would load: an address becomes `none`, a rule that loads one that no browser
 * knows, and all else stays to the letter. It goes by tokens (CSS Syntax 3), so that escapes,
 * comments and strings hide nothing, and what is broken stays broken in the same way.
 */
export function cleanCss(css: string): string {
  const tokens = tokenize({ css });
  let clean = "";
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at]!;
    if (token[0] === TokenType.AtKeyword && LOADING_RULES.has(token[4].value.toLowerCase())) {
      clean += "@left-out";
    } else if (token[0] === TokenType.URL) {
      clean += isHeld(token[4].value) ? token[1] : "none";
    } else if (token[0] === TokenType.BadURL) {
      clean += "none";
    } else if (token[0] === TokenType.Function) {
      const end = endOfAddress(tokens, at, token[4].value.toLowerCase());
      clean += end === null ? token[1] : "none";
      at = end ?? at;
    } else {
      clean += token[1];
    }
  }
  return clean;
}

/** Where a function ends that names something to load; null for one that does not. */
function endOfAddress(tokens: CSSToken[], start: number, name: string): number | null {
  if (name !== "url" && !LOADING_FUNCTIONS.has(name)) return null;
  const end = endOfFunction(tokens, start);
  if (name !== "url") return end;
  const strings = tokens.slice(start, end + 1).filter((token) => token[0] === TokenType.String);
  return strings.length === 1 && isHeld(strings[0]![4].value) ? null : end;
}

/** The index of the parenthesis that closes a function; the last token's where none does. */
function endOfFunction(tokens: CSSToken[], start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at += 1) {
    const type = tokens[at]![0];
    if (type === TokenType.Function || type === TokenType.OpenParen) depth += 1;
    else if (type === TokenType.CloseParen) depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length - 1;
}
