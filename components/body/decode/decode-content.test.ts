import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { init, compress as zstdCompress } from "@bokuweb/zstd-wasm";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { codingsOf, decodeContent } from "./decode-content.ts";

const CODERS: Record<string, (bytes: Uint8Array) => Uint8Array> = {
  gzip: gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: (bytes) => zstdCompress(Buffer.from(bytes), 3),
};
const CODINGS = Object.keys(CODERS);

beforeAll(init);

const copy = (bytes: Uint8Array) => new Uint8Array(bytes);
const encode = (bytes: Uint8Array, codings: string[]) =>
  codings.reduce((packed, coding) => CODERS[coding]!(packed), bytes);
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

/** Random bytes and repetitive ones: these exercise literals, those references. */
const content = fc.oneof(
  fc.uint8Array({ maxLength: 5_000 }),
  fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 40 }), fc.integer({ min: 1, max: 3_000 }))
    .map(([part, times]) => copy(Buffer.concat(Array(times).fill(part)))),
);

describe("what was packed comes out again", () => {
  test.each(CODINGS)("%s", async (coding) => {
    await fc.assert(
      fc.asyncProperty(content, async (bytes) => {
        const { bytes: out, decoding } = await decodeContent(copy(encode(bytes, [coding])), coding);
        expect(decoding).toEqual({ undone: [coding], problem: null });
        expect(Buffer.compare(out, bytes)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });

  test("in several layers, in the header's order", async () => {
    await fc.assert(
      fc.asyncProperty(
        content,
        fc.array(fc.constantFrom(...CODINGS), { minLength: 2, maxLength: 4 }),
        async (bytes, codings) => {
          const packed = copy(encode(bytes, codings));
          const { bytes: out, decoding } = await decodeContent(packed, codings.join(", "));
          expect(decoding).toEqual({ undone: codings.toReversed(), problem: null });
          expect(Buffer.compare(out, bytes)).toBe(0);
        },
      ),
      { numRuns: 30 },
    );
  });

  test("deflate without the zlib header, as some senders understand it", async () => {
    const { bytes, decoding } = await decodeContent(copy(deflateRawSync("hello")), "deflate");
    expect(text(bytes)).toBe("hello");
    expect(decoding?.problem).toBeNull();
  });

  test("gzip of several members, and with zeros after it", async () => {
    const packed = Buffer.concat([gzipSync("hel"), gzipSync("lo"), Buffer.alloc(7)]);
    const { bytes, decoding } = await decodeContent(copy(packed), "X-GZIP");
    expect(text(bytes)).toBe("hello");
    expect(decoding).toEqual({ undone: ["x-gzip"], problem: null });
  });

  test("without a coding, or with identity, nothing is done", async () => {
    const sent = copy(Buffer.from("hello"));
    expect(await decodeContent(sent, null)).toEqual({ bytes: sent, decoding: null });
    expect(await decodeContent(sent, " identity ,")).toEqual({ bytes: sent, decoding: null });
  });
});

describe("what is broken", () => {
  const long = Buffer.from(
    Array.from({ length: 40_000 }, (_, at) => `line ${at * 7919}\n`).join(""),
  );

  test.each(["gzip", "deflate", "zstd"])(
    "%s that breaks off gives its beginning",
    async (coding) => {
      const whole = encode(long, [coding]);
      const cut = copy(whole.subarray(0, whole.length * 0.7));
      const { bytes, decoding } = await decodeContent(cut, coding);
      expect(decoding!.problem).toEqual({ kind: "broken", coding, detail: "it breaks off" });
      expect(bytes.length).toBeGreaterThan(1_000);
      expect(Buffer.compare(bytes, long.subarray(0, bytes.length))).toBe(0);
    },
  );

  test.each(CODINGS)(
    "%s cut anywhere never throws, and gives nothing that was not meant",
    async (coding) => {
      await fc.assert(
        fc.asyncProperty(
          content,
          fc.double({ min: 0, max: 1, noNaN: true }),
          async (bytes, where) => {
            const whole = encode(bytes, [coding]);
            const cut = copy(whole.subarray(0, Math.floor((whole.length - 1) * where)));
            const { bytes: out, decoding } = await decodeContent(cut, coding);
            expect(decoding!.problem?.kind).toBe("broken");
            if (decoding!.undone.length > 0) {
              expect(Buffer.compare(out, bytes.subarray(0, out.length))).toBe(0);
            } else expect(out).toEqual(cut);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  test.each(CODINGS)("%s that is none is shown as it came", async (coding) => {
    const sent = copy(Buffer.from('{"not":"packed"}'));
    const { bytes, decoding } = await decodeContent(sent, coding);
    expect(bytes).toEqual(sent);
    expect(decoding!.undone).toEqual([]);
    expect(decoding!.problem?.kind).toBe("broken");
  });

  test.each(CODINGS)("%s with any byte changed ends, whatever comes of it", async (coding) => {
    const whole = encode(long.subarray(0, 3_000), [coding]);
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length - 1),
        fc.integer({ min: 1, max: 255 }),
        async (at, flip) => {
          const changed = copy(whole);
          changed[at] = changed[at]! ^ flip;
          const { bytes } = await decodeContent(changed, coding, 1_000_000);
          expect(bytes.length).toBeLessThanOrEqual(1_000_000);
        },
      ),
      { numRuns: 150 },
    );
  });

  test("any bytes under any header end without an exception", async () => {
    const header = fc.array(fc.constantFrom(...CODINGS, "identity", "compress", "", "☃"));
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), header, async (bytes, codings) => {
        await decodeContent(copy(bytes), codings.join(","), 10_000);
      }),
      { numRuns: 200 },
    );
  });

  test("bytes after the end of gzip are reported, not lost silently", async () => {
    const packed = copy(Buffer.concat([gzipSync("hello"), Buffer.from("GET / HTTP/1.1")]));
    const { bytes, decoding } = await decodeContent(packed, "gzip");
    expect(text(bytes)).toBe("hello");
    expect(decoding!.problem?.kind).toBe("broken");
  });

  test("an unknown coding stops there", async () => {
    const packed = copy(gzipSync("hello"));
    const { bytes, decoding } = await decodeContent(packed, "compress, gzip");
    expect(text(bytes)).toBe("hello");
    expect(decoding).toMatchObject({
      undone: ["gzip"],
      problem: { kind: "unknown", coding: "compress" },
    });
  });
});

describe("bombs are cut at the limit", () => {
  const limit = 1_000_000;

  test.each(CODINGS)("%s", async (coding) => {
    const bomb = copy(encode(new Uint8Array(20_000_000), [coding]));
    expect(bomb.length).toBeLessThan(25_000);
    const { bytes, decoding } = await decodeContent(bomb, coding, limit);
    expect(bytes.length).toBe(limit);
    expect(decoding!.problem).toMatchObject({ kind: "limit", coding });
  });

  test("a zstd frame that asks for a window of gigabytes is refused before it gets it", async () => {
    const frame = copy(Buffer.from("28b52ffd00a0010000", "hex"));
    const { decoding } = await decodeContent(frame, "zstd", limit);
    expect(decoding!.problem?.detail).toContain("memory");
  });

  test("a body that is packed a hundred times", async () => {
    const packed = copy(encode(Buffer.from("x"), Array(20).fill("gzip")));
    const { decoding } = await decodeContent(packed, Array(20).fill("gzip").join(","), limit);
    expect(decoding!.undone).toHaveLength(8);
    expect(decoding!.problem).toMatchObject({ detail: "it is packed too often" });
  });
});

test("the header's list is read as RFC 9110 has it", () => {
  expect(codingsOf("GZIP ,, br,identity")).toEqual(["gzip", "br"]);
  expect(codingsOf(null)).toEqual([]);
});
