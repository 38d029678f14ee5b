import { describe, expect, test } from "vitest";
import {
  ariaShortcut,
  type KeyPress,
  keyNames,
  matches,
  parseShortcut,
} from "#components/commands/shortcut.ts";

const NONE = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

function press(key: string, held: Partial<KeyPress> = {}): KeyPress {
  return { ...NONE, key, code: "", ...held };
}

const hits = (shortcut: string, key: KeyPress, isApple = false) =>
  matches(parseShortcut(shortcut)[0]!, key, isApple);

test("modifiers have to be held, and no others", () => {
  expect(hits("j", press("j"))).toBe(true);
  expect(hits("j", press("j", { ctrlKey: true }))).toBe(false);
  expect(hits("j", press("j", { altKey: true }))).toBe(false);
  expect(hits("j", press("J", { shiftKey: true }))).toBe(false);
  expect(hits("Shift+j", press("J", { shiftKey: true }))).toBe(true);
  expect(hits("Shift+ArrowDown", press("ArrowDown", { shiftKey: true }))).toBe(true);
  expect(hits("ArrowDown", press("ArrowDown", { altKey: true }), true)).toBe(false);
});

test("Caps Lock does not change what a letter means", () => {
  expect(hits("j", press("J"))).toBe(true);
  expect(hits("Shift+j", press("j", { shiftKey: true }))).toBe(true);
});

test("Mod is Cmd on Apple's keyboards and Ctrl elsewhere", () => {
  expect(hits("Mod+k", press("k", { ctrlKey: true }))).toBe(true);
  expect(hits("Mod+k", press("k", { metaKey: true }))).toBe(false);
  expect(hits("Mod+k", press("k", { metaKey: true }), true)).toBe(true);
  expect(hits("Mod+k", press("k", { ctrlKey: true }), true)).toBe(false);
});

test("a character counts however a keyboard makes it", () => {
  expect(hits("?", press("?", { shiftKey: true }))).toBe(true);
  const altGr = {
    ctrlKey: true,
    altKey: true,
    getModifierState: (key: string) => key === "AltGraph",
  };
  expect(hits("?", press("?", altGr))).toBe(true);
  expect(hits("?", press("?", { altKey: true }), true)).toBe(true);
});

test("on a keyboard without Latin letters the key's place counts", () => {
  expect(hits("j", press("о", { code: "KeyJ" }))).toBe(true);
  expect(hits("Mod+k", press("л", { code: "KeyK", ctrlKey: true }))).toBe(true);
  // Dvorak has its own Latin letters: J's place types an h there.
  expect(hits("j", press("h", { code: "KeyJ" }))).toBe(false);
});

describe("what is shown", () => {
  const names = (shortcut: string, isApple: boolean) =>
    parseShortcut(shortcut).map((chord) => keyNames(chord, isApple));

  test.each([
    ["Mod+k", false, [["Ctrl", "K"]]],
    ["Mod+k", true, [["⌘", "K"]]],
    ["Shift+j", false, [["Shift", "J"]]],
    ["g b", false, [["g"], ["b"]]],
    ["Escape", false, [["Esc"]]],
  ])("%s, Apple: %s", (shortcut, isApple, expected) => {
    expect(names(shortcut, isApple)).toEqual(expected);
  });

  test("for assistive technology", () => {
    expect(ariaShortcut("Mod+k", false)).toBe("Control+k");
    expect(ariaShortcut("Mod+k", true)).toBe("Meta+k");
    expect(ariaShortcut("g b", true)).toBeUndefined();
  });
});

test("what is no shortcut is refused", () => {
  expect(() => parseShortcut("Ctrl+k")).toThrow("Ctrl+k");
  expect(() => parseShortcut("g  b")).toThrow();
});
