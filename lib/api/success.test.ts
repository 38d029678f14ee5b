import { expect, test } from "vitest";
import type { CaptureBody } from "#lib/runtime.ts";
import { download } from "./success.ts";

test("a download says how long it is", async () => {
  const body = Buffer.from([0xff, 0, 13, 10]);
  const capture = { seq: 7 } as CaptureBody["capture"];
  const success = download("The exact bytes", (value: CaptureBody) => `${value.capture.seq}.bin`);
  const response = success.send({ capture, body }, new Headers());
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="7.bin"');
  expect(response.headers.get("content-length")).toBe("4");
  expect(Buffer.from(await response.arrayBuffer())).toEqual(body);
});
