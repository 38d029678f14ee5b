/** What a capture takes besides its body: headers, the record, its place in the queue. */
export const CAPTURE_OVERHEAD_BYTES = 4096;

export type MemoryBudget = {
  /** False, and nothing reserved, when it would go over the limit. */
  reserve(bytes: number): boolean;
  release(bytes: number): void;
};

/** Bytes of captures that are being read or wait to be written, all together. */
export function memoryBudget(limitBytes: number): MemoryBudget {
  let used = 0;
  return {
    reserve(bytes) {
      if (used + bytes > limitBytes) return false;
      used += bytes;
      return true;
    },
    release(bytes) {
      used -= bytes;
    },
  };
}
