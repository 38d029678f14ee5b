import type { LookupAddress } from "node:dns";
import { lookup } from "node:dns/promises";
import type { LookupFunction } from "node:net";
import { DeliveryFailure } from "./delivery-failure.ts";
import type { TargetPolicy } from "./target-policy.ts";

/** All addresses of a name, in the order in which to try them. Rejects with Node's DNS errors. */
export type Resolve = (name: string) => Promise<LookupAddress[]>;

/** As the system does it, with its hosts file. Each one occupies a thread of Node's pool of four. */
export const systemResolve: Resolve = (name) => lookup(name, { all: true, order: "verbatim" });

/**
 * Looks a name up for one connection and hands over only addresses that may be connected to. It is
 * the socket's own lookup: what is checked here is what is connected to, so that a name which
 * answers differently a moment later (DNS rebinding) gains nothing. One forbidden address among
 * several refuses them all, since no honest public name has one.
 */
export function guardedLookup(
  policy: TargetPolicy,
  resolve: Resolve,
  onFound: () => void,
): LookupFunction {
  return (name, options, callback) => {
    const find = async (): Promise<LookupAddress[]> => {
      const found = await resolve(name);
      const wanted = found.filter(({ family }) => !options.family || options.family === family);
      if (wanted.length === 0) {
        throw Object.assign(new Error(`no address of ${name}`), { code: "ENODATA" });
      }
      for (const { address } of found) {
        const refusal = policy.refuseAddress(name, address);
        if (refusal) throw new DeliveryFailure("blocked_target", blocked(name, refusal));
      }
      return wanted;
    };
    find().then(
      (found) => {
        onFound();
        if (options.all) callback(null, found);
        else callback(null, found[0]!.address, found[0]!.family);
      },
      (error) => callback(error, options.all ? [] : ""),
    );
  };
}

export function blocked(host: string, refusal: string): string {
  const which = refusal.startsWith(host) ? "" : `${host}: `;
  return `Sending to this target is not allowed here. ${which}${refusal}.`;
}
