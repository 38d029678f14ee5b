/**
 * A request target whose path every reader can decode: a percent sign that begins no UTF-8 (RFC 3986
 * 2.1 and 2.5) stands for itself. Next answers 500 to such a path, where there is just no such page.
 */
export function validEscapes(target: string): string {
  const end = target.indexOf("?");
  const path = end < 0 ? target : target.slice(0, end);
  if (!path.includes("%")) return target;
  return path.replace(/(?:%[0-9a-f]{2})+|%/gi, escaped) + target.slice(path.length);
}

function escaped(sequence: string): string {
  try {
    decodeURIComponent(sequence);
    return sequence;
  } catch {
    return sequence.replaceAll("%", "%25");
  }
}
