import { execFile, spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import type { Capture } from "../contract/capture.ts";
import type { CaptureFormat } from "../contract/export.ts";
import { captureIdOf, serverForTests } from "../testing/conformance.ts";
import { newFolder } from "../testing/databases.ts";
import { exchange } from "../testing/raw-http.ts";
import { originOf } from "./capture-request.ts";
import { exportCapture } from "./export-capture.ts";

const run = promisify(execFile);
const subject = serverForTests();

const RUNNERS: Partial<Record<CaptureFormat, { file: string; command: string[] }>> = {
  curl: { file: "sent.sh", command: ["sh"] },
  httpie: { file: "sent.sh", command: ["sh"] },
  fetch: { file: "sent.mjs", command: [process.execPath] },
  node: { file: "sent.mjs", command: [process.execPath] },
  python: { file: "sent.py", command: ["python3"] },
  "python-exact": { file: "sent.py", command: ["python3"] },
  go: { file: "main.go", command: ["go", "run"] },
  php: { file: "sent.php", command: ["php"] },
};

/** Formats that send everything as it came, except what `limitsOf` says of all captures. */
const EXACT: CaptureFormat[] = ["curl", "node", "python-exact", "php"];

/** Whether what runs the code is on this machine. */
const IS_HERE: Partial<Record<CaptureFormat, () => boolean>> = {
  httpie: () => spawnSync("http", ["--version"]).status === 0,
  python: () => spawnSync("python3", ["-c", "import requests"]).status === 0,
  "python-exact": () => spawnSync("python3", ["--version"]).status === 0,
  go: () => spawnSync("go", ["version"]).status === 0,
  php: () => spawnSync("php", ["-r", "curl_init();"]).status === 0,
};

const HOSTILE = `"'\`\\ $(id) \${x} #{1} {{y}} <?php ?> %s`;
const BODIES: Record<string, Buffer> = {
  nothing: Buffer.alloc(0),
  JSON: Buffer.from('{"a": "é 😀",\r\n\t"b": [1]}\n'),
  hostile: Buffer.from(HOSTILE),
  binary: Buffer.from(Array.from({ length: 256 }, (_, i) => 255 - i)),
  large: Buffer.alloc(200_000, "\0\xff\r\n'", "latin1"),
};

describe.each(Object.keys(RUNNERS) as CaptureFormat[])("%s", (format) => {
  test.skipIf(IS_HERE[format]?.() === false).each(Object.keys(BODIES))("%s", async (which) => {
    const bin = await subject.newBin();
    const body = BODIES[which]!;
    const { host } = new URL(subject.server.publicUrl);
    const lines = [
      `POST /in/${bin.id}/a/../b%2f?x=1&x=%zz&y HTTP/1.1`,
      `Host: ${host}`,
      "User-Agent: test/1",
      "Accept: */*",
      "Accept-Encoding: identity",
      "x-lower: 1",
      "X-Lower: 2",
      "X-Empty: ",
      `X-Hostile: ${HOSTILE}`,
      "Content-Type: application/octet-stream",
      "Connection: close",
      `Content-Length: ${body.length}`,
    ];
    const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`);
    const answer = await exchange(subject.server.port, Buffer.concat([head, body]));
    const first: Capture = await bin.capture(captureIdOf(answer));
    const origin = originOf(first.target, bin);
    const { file, command } = RUNNERS[format]!;
    const path = join(await newFolder(), file);
    const code = exportCapture({ capture: first, body, origin }, format);
    await writeFile(path, code);
    await run(command[0]!, [...command.slice(1), path], { maxBuffer: 1 << 24 });
    const [summary] = (await bin.page("limit=1")).captures;
    expect(summary?.seq, code.slice(0, 4_000)).toBe(2);
    const second = await bin.capture(summary!.id);
    expect((await bin.body(second.id)).equals(body)).toBe(true);
    expect(second.method).toBe("POST");
    const named = (capture: Capture, name: string) =>
      capture.headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);
    expect(named(second, "x-hostile")).toEqual(named(first, "x-hostile"));
    // Go sorts the names, and says so.
    expect(named(second, "x-lower").toSorted().join(", ")).toBe("1, 2");
    if (!EXACT.includes(format)) return;
    expect(second.target).toBe(first.target);
    expect(second.headers, code.slice(0, 4_000)).toEqual(first.headers);
  });
});
