import { expect, test } from "vitest";
import type { Command } from "#components/commands/command.ts";
import { createKeyDispatcher, SEQUENCE_MS } from "#components/commands/key-dispatcher.ts";

type Held = { ctrlKey?: boolean; isComposing?: boolean; timeStamp?: number; inside?: string };

/** A page whose focus is in an element that the selectors containing `inside` find. */
function keyboard(...commands: (Partial<Command> & { shortcut: Command["shortcut"] })[]) {
  const ran: string[] = [];
  const all = commands.map((command, i) => {
    const id = command.id ?? String(i);
    return { id, title: id, group: "View" as const, run: () => ran.push(id), ...command };
  });
  const dispatch = createKeyDispatcher({ commands: () => all, isApple: () => false });
  const press = (key: string, { inside, ...held }: Held = {}) => {
    let prevented = false;
    const target = {
      closest: (selector: string) => (inside && selector.includes(inside) ? {} : null),
    };
    const event = {
      key,
      code: "",
      ctrlKey: false,
      metaKey: false,
      shiftKey: false,
      altKey: false,
      isComposing: false,
      timeStamp: 0,
      defaultPrevented: false,
      preventDefault: () => {
        prevented = true;
      },
      ...held,
    };
    dispatch(event, target);
    return prevented;
  };
  return { ran, press };
}

test("a key runs its command, once, and nothing else happens with it", () => {
  const { ran, press } = keyboard({ id: "a", shortcut: ["j", "ArrowDown"] });
  expect(press("j")).toBe(true);
  expect(press("ArrowDown")).toBe(true);
  expect(press("x")).toBe(false);
  expect(ran).toEqual(["a", "a"]);
});

test("the one that was registered last wins, unless it cannot run now", () => {
  let open = true;
  const { ran, press } = keyboard(
    { id: "page", shortcut: "Escape" },
    { id: "panel", shortcut: "Escape", isEnabled: () => open },
  );
  press("Escape");
  open = false;
  press("Escape");
  expect(ran).toEqual(["panel", "page"]);
});

test("typing in a field is typing, but for what says otherwise", () => {
  const { ran, press } = keyboard(
    { id: "a", shortcut: "j" },
    { id: "palette", shortcut: "Mod+k", inFields: true },
  );
  press("j", { inside: "textarea" });
  press("k", { inside: "textarea", ctrlKey: true });
  expect(ran).toEqual(["palette"]);
});

test("composed input belongs to the input method", () => {
  const { ran, press } = keyboard({ shortcut: "j" });
  press("j", { isComposing: true });
  expect(ran).toEqual([]);
});

test("an open dialog or menu has its own keys", () => {
  const { ran, press } = keyboard({ shortcut: "Mod+k", inFields: true });
  press("k", { ctrlKey: true, inside: "[role=dialog]" });
  press("k", { ctrlKey: true, inside: "[role=menu]" });
  expect(ran).toEqual([]);
});

test("what works inside a dialog says so", () => {
  const { ran, press } = keyboard({ id: "next", shortcut: "n", inDialogs: true });
  press("n", { inside: "[role=dialog]" });
  expect(ran).toEqual(["next"]);
});

test("arrow keys scroll what scrolls, Enter presses what can be pressed", () => {
  const { ran, press } = keyboard({ id: "a", shortcut: ["ArrowDown", "j", "Enter"] });
  press("ArrowDown", { inside: "[data-scrolls]" });
  press("Enter", { inside: "button" });
  expect(ran).toEqual([]);
  press("j", { inside: "[data-scrolls]" });
  expect(ran).toEqual(["a"]);
});

test("a sequence runs when it is complete, soon enough", () => {
  const { ran, press } = keyboard({ id: "bins", shortcut: "g b" }, { id: "b", shortcut: "b" });
  press("g", { timeStamp: 0 });
  press("b", { timeStamp: SEQUENCE_MS });
  expect(ran).toEqual(["bins"]);
  press("g", { timeStamp: 5_000 });
  press("b", { timeStamp: 5_001 + SEQUENCE_MS });
  expect(ran).toEqual(["bins", "b"]);
});

test("the key after a beginning that leads nowhere counts by itself", () => {
  const { ran, press } = keyboard({ id: "bins", shortcut: "g b" }, { id: "next", shortcut: "j" });
  press("g");
  press("j");
  press("g");
  press("g");
  press("b");
  expect(ran).toEqual(["next", "bins"]);
});
