import { describe, expect, test } from "vitest";
import { matchCapture } from "./match.ts";

const ID = "a1".repeat(10);

describe("a request's bin", () => {
  test("is found without reading Host where hosts do not matter", () => {
    const host = () => {
      throw new Error("Host was read");
    };
    const match = { binId: ID, path: "/", query: null, ownHost: false };
    expect(matchCapture(`/in/${ID}`, host, null)).toEqual(match);
  });

  test.each<[string, string | undefined, ReturnType<typeof matchCapture>]>([
    ["/a?b", `${ID}.h.test`, { binId: ID, path: "/a", query: "b", ownHost: true }],
    [`/in/${ID}`, `${ID}.h.test`, { binId: ID, path: `/in/${ID}`, query: null, ownHost: true }],
    [`http://${ID}.h.test`, "x.test", { binId: ID, path: "/", query: null, ownHost: true }],
    [`http://${ID}.h.test?b`, "x.test", { binId: ID, path: "/", query: "b", ownHost: true }],
    [
      `http://x.test/in/${ID}/a`,
      `${ID}.h.test`,
      { binId: ID, path: "/a", query: null, ownHost: false },
    ],
    ["/", "nobody.h.test", { binId: null, path: "/", query: null, ownHost: true }],
    ["/", `x.${ID}.h.test`, { binId: null, path: "/", query: null, ownHost: true }],
    ["/", "h.test", null],
    ["/", `${ID}.h.test.evil`, null],
    ["/", `${ID}xh.test`, null],
    ["/", undefined, null],
    ["*", undefined, null],
    ["", undefined, null],
  ])("of %s at %s", (target, host, match) => {
    expect(matchCapture(target, () => host, ".h.test")).toEqual(match);
  });
});
