const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Indents JSON that is valid, and changes nothing else: numbers keep their digits and objects their
 * duplicate keys, which `JSON.parse` and back would not.
 */
export function formatJson(text: string): string {
  let [result, depth] = ["", 0];
  const line = () => `\n${"  ".repeat(depth)}`;
  let before = "";
  for (const [token] of text.matchAll(TOKEN)) {
    const opens = before === "{" || before === "[";
    if (token === "}" || token === "]") {
      depth -= 1;
      if (!opens) result += line();
    } else if (opens || before === ",") result += line();
    result += token === ":" ? ": " : token;
    if (token === "{" || token === "[") depth += 1;
    before = token;
  }
  return result;
}
