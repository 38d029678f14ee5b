/**
 * Takes Inlet's own cookie out of a Cookie header (RFC 6265 4.2.1). Whoever opens a capture URL
 * below the dashboard's origin sends it along, and must not hand the key of their workspace to the
 * bin's owner. Every other byte of the header stays.
 */
export function withholdCookie(header: string, cookieNames: readonly string[]): string {
  return header
    .split(";")
    .map((part) => {
      const equals = part.indexOf("=");
      const name = part.slice(0, equals);
      return equals > 0 && cookieNames.includes(name.trim()) ? `${name}=[withheld by Inlet]` : part;
    })
    .join(";");
}

const COOKIE_LINE = /^(cookie:)(.*)$/gim;

/** The same for the bytes of a request whose head could not be read. */
export function withholdCookieLines(raw: Buffer, cookieNames: readonly string[]): Buffer {
  const text = raw.toString("latin1");
  const kept = text.replace(
    COOKIE_LINE,
    (_line, name: string, value: string) => name + withholdCookie(value, cookieNames),
  );
  return kept === text ? raw : Buffer.from(kept, "latin1");
}
