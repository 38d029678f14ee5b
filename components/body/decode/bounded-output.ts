/** Thrown into a decoder to stop it: the output is as long as it may get. */
export class OutputLimitError extends Error {
  override name = "OutputLimitError";
}

/** Collects what a decoder gives out, up to a limit: a small bomb can decode to terabytes. */
export class BoundedOutput {
  readonly #limit: number;
  #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#size;
  }

  /** @throws OutputLimitError once there is more than the limit; what fits is kept. */
  push(chunk: Uint8Array): void {
    const room = this.#limit - this.#size;
    const kept = chunk.length > room ? chunk.subarray(0, room) : chunk;
    this.#chunks.push(kept);
    this.#size += kept.length;
    if (chunk.length > room) throw new OutputLimitError();
  }

  clear(): void {
    this.#chunks = [];
    this.#size = 0;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(this.#size);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    return bytes;
  }
}
