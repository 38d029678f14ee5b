/** As much of a browser as redirects and cookies need. */
export type Browser = {
  /** Follows redirects to the end, from origin to origin; `url` is where that was. */
  open(url: string, form?: Record<string, string>): Promise<{ response: Response; url: string }>;
  /** Puts a `name=value` into it, as if the origin had set that. */
  take(origin: string, cookie: string): void;
  /** The `Cookie` header of an origin. */
  cookie(origin: string): string;
};

const REDIRECTS_MAX = 20;

export function newBrowser(): Browser {
  const jars = new Map<string, Map<string, string>>();

  const keep = (origin: string, response: Response): void => {
    const jar = jars.get(origin) ?? new Map<string, string>();
    jars.set(origin, jar);
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = cookie.split(/; */);
      const name = pair.slice(0, pair.indexOf("="));
      const isGone = attributes.some((attribute) =>
        /^(max-age=0|expires=thu, 01 jan 1970)/i.test(attribute),
      );
      if (isGone) jar.delete(name);
      else jar.set(name, pair.slice(name.length + 1));
    }
  };

  const cookie = (origin: string) =>
    [...(jars.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join("; ");

  return {
    take(origin, cookie) {
      const [name = "", value = ""] = cookie.split("=");
      jars.set(origin, new Map([...(jars.get(origin) ?? []), [name, value]]));
    },
    cookie,
    async open(start, form) {
      let url = new URL(start);
      let body = form && new URLSearchParams(form);
      for (let i = 0; i < REDIRECTS_MAX; i++) {
        const response = await fetch(url, {
          method: body ? "POST" : "GET",
          body,
          headers: { cookie: cookie(url.origin) },
          redirect: "manual",
        });
        keep(url.origin, response);
        const location = response.headers.get("location");
        if (location === null) return { response, url: url.href };
        await response.arrayBuffer();
        url = new URL(location, url);
        body = undefined;
      }
      throw new Error(`too many redirects, the last one to ${url}`);
    },
  };
}
