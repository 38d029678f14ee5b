// What this project uses of the package's inner module, which streams; its outer one does not.
declare module "brotli/dec/decode.js" {
  export function BrotliDecompress(
    input: { read(into: Uint8Array, offset: number, count: number): number },
    output: {
      buffer: { length: number };
      write(ring: Uint8Array, count: number): number;
    },
  ): void;
}
