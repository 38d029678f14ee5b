import { JsonReader, type OutlineResult } from "./json-outline.ts";
import { OutlineBuilder } from "./outline.ts";

/** The separator of RFC 7464's JSON text sequences. */
const RECORD_SEPARATOR = "\x1e";

/**
 * One JSON text a line. A line that is none stands as it is, in a row of its own; a text of which no
 * line is JSON, or that is one JSON text itself, is not meant to be read like this.
 */
export function outlineNdjson(text: string): OutlineResult & { records: number; others: number } {
  const builder = new OutlineBuilder(Math.max(64, text.length >> 4));
  const reader = new JsonReader(text, builder);
  let records = 0;
  /** Lines that are not JSON. */
  let others = 0;
  let firstFault = null;
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf("\n", from);
    const to = newline === -1 ? text.length : newline;
    const begin = text.startsWith(RECORD_SEPARATOR, from) ? from + 1 : from;
    if (builder.isFull) break;
    if (text.slice(begin, Math.min(to, begin + 64)).trim() !== "") {
      const before = builder.length;
      const fault = reader.read(begin, to);
      if (fault) {
        firstFault ??= fault;
        builder.truncate(before);
        builder.leaf(begin, begin, to, 0);
        others += 1;
      } else records += 1;
    }
    from = to + 1;
  }
  if (records === 0) {
    const fault = firstFault ?? { at: 0, message: "there is no line with JSON" };
    return { outline: null, fault, records, others };
  }
  return { outline: builder.build(), fault: null, records, others };
}
