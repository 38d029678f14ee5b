import { expect, test } from "vitest";
import type { CaptureBody } from "#lib/runtime.ts";
import { download } from "./success.ts";

test("a download says how long it is", async () => {
  const body = Buffer.from([0xff, 0, 13, 10]);
  const capture = { seq: 7 } as CaptureBody["capture"];
  const response = download("The exact bytes", "bin").send({ capture, body }, new Headers());
  expect(response.headers.get("content-length")).toBe("4");
  expect(Buffer.from(await response.arrayBuffer())).toEqual(body);
});
