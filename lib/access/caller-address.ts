/**
 * The request header by which `server.ts` tells Next's half of the process who is calling: there is
 * no socket on the other side. Whatever comes under this name from outside is replaced.
 */
export const CALLER_ADDRESS_HEADER = "inlet-caller-address";
