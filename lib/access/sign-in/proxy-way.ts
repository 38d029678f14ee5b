import type { IncomingMessage } from "node:http";
import type { Way } from "./way.ts";

const NAME_MAX_LENGTH = 320;

export type ProxyWayOptions = {
  /** In lower case. */
  header: string;
  /** Whether whoever opened the connection is the proxy. */
  isFromProxy(req: IncomingMessage): boolean;
};

/**
 * A proxy in front signs people in and names them in a header. From anybody else the header means
 * nothing; nor when it is there twice: then a client wrote one of them, and the proxy only added its own.
 */
export function proxyWay({ header, isFromProxy }: ProxyWayOptions): Way {
  return {
    shown: { kind: "proxy", header },
    async find(req) {
      if (!isFromProxy(req)) return null;
      const [value, ...more] = req.headersDistinct[header] ?? [];
      const user = value?.trim();
      if (!user || more.length > 0 || user.length > NAME_MAX_LENGTH) return null;
      return { person: `proxy ${user}`, name: readName(user), sessionId: null };
    },
    end: null,
    actions: {},
  };
}

/** Node takes a header for Latin-1; names are sent as UTF-8 nearly everywhere. */
function readName(user: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(user, "latin1"));
  } catch {
    return user;
  }
}
