import type { ServerResponse } from "node:http";

/** What a page of Next's writes goes out with this status: Next itself answers 200 and 404 only. */
export function setPageStatus(res: ServerResponse, pageStatus: number): void {
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => ServerResponse;
  res.writeHead = ((status: number, ...rest: unknown[]) =>
    writeHead(status === 200 ? pageStatus : status, ...rest)) as typeof res.writeHead;
}
