/**
 * What a closed instance answers to everybody, besides capture URLs and health checks, which are
 * answered before. All else is closed: a page or a call that is new is closed until it is named here.
 * The patterns take no `.` or `%` where a path could lead elsewhere by them.
 */
const OPEN = [
  // The page itself.
  /^\/sign-in$/,
  // What a link shows, to whoever holds it.
  /^\/s\/[\w-]+$/,
  /^\/api\/v1\/shared(\/[\w-]+)+$/,
  // The build's files, and the icon that every browser asks for.
  /^\/_next\/static(\/[\w@~-]+(\.[\w@~-]+)*)+$/,
  /^\/(favicon\.ico|icon\.svg)$/,
  // The socket decides for itself, once it knows what a client has: a session, a token or a link.
  /^\/socket\.io\/?$/,
];

/** Of Next's development server. */
const OPEN_IN_DEVELOPMENT = /^\/(_next|__nextjs)/;

export function pathOf(target: string | undefined): string {
  return (target ?? "").split("?", 1)[0]!;
}

export function isOpenPath(path: string, isDevelopment = false): boolean {
  return (
    OPEN.some((pattern) => pattern.test(path)) || (isDevelopment && OPEN_IN_DEVELOPMENT.test(path))
  );
}
