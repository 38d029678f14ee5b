import { setTimeout } from "node:timers/promises";

/** What a sender waits before it sends again to a server that is not there. */
const RETRY_MS = 100;

export type Load = {
  /** The ids of all captures that the server answered 200 for. */
  acknowledged: ReadonlySet<string>;
  stop(): Promise<void>;
};

/** Sends over `width` connections, through every outage, until it is stopped. */
export function startLoad(url: string, width: number): Load {
  const acknowledged = new Set<string>();
  let isStopped = false;
  const lane = async (_: unknown, laneIndex: number): Promise<void> => {
    for (let i = 0; !isStopped; i++) {
      const body = `${laneIndex}/${i}`;
      const response = await fetch(url, { method: "POST", body }).catch(() => null);
      if (response?.status === 200) acknowledged.add(response.headers.get("inlet-capture")!);
      else await setTimeout(RETRY_MS);
    }
  };
  const lanes = Array.from({ length: width }, lane);
  return {
    acknowledged,
    async stop() {
      isStopped = true;
      await Promise.all(lanes);
    },
  };
}
