const BASE = "http://inlet.invalid";
/** Leading there would lead back, or end what was just begun. */
const NOWHERE = /^\/(sign-in|sign-out|api)(\/|$)/;

/** Where to go after signing in: a path of this origin and nothing else, `/` for all that is none. */
export function nextPath(asked: string | null | undefined): string {
  if (!asked?.startsWith("/") || !URL.canParse(asked, BASE)) return "/";
  const { origin, pathname, search, hash, searchParams } = new URL(asked, BASE);
  // `/.//evil.test` is on our origin, and `//evil.test`, which it comes down to, is not.
  if (origin !== BASE || pathname.startsWith("//") || NOWHERE.test(pathname)) return "/";
  // A navigation within the page: the answer to it is no page.
  if (searchParams.has("_rsc")) {
    searchParams.delete("_rsc");
    return `${pathname}${searchParams.size > 0 ? `?${searchParams}` : ""}${hash}`;
  }
  return pathname + search + hash;
}
