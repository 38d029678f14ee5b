/** Quotes a text as one word of a POSIX shell. */
export function quoteForShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A curl line that sends a small JSON body. */
export function exampleCurl(url: string): string {
  const body = JSON.stringify({ hello: "world" });
  const header = quoteForShell("Content-Type: application/json");
  return `curl -X POST ${quoteForShell(url)} -H ${header} -d ${quoteForShell(body)}`;
}
