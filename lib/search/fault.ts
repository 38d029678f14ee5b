import type { QueryError } from "./query.ts";

/** Thrown by the parts of the parser; `parseQuery` turns it into its answer. */
export class QueryFault extends Error {
  constructor(readonly error: QueryError) {
    super(error.message);
  }
}

export function fault(start: number, end: number, message: string, incomplete = false): never {
  throw new QueryFault({ start, end, message, incomplete });
}
