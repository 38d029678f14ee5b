/** What to call the type of what is sent to a path: `OrderCreated` for `/hooks/order-created`. */
export function typeName(path: string): string {
  const words = path
    .split("/")
    .map((part) => part.match(/[A-Za-z][A-Za-z0-9]*/g) ?? [])
    .findLast((found) => found.length > 0 && !/\d{3}/.test(found.join("")));
  const name = (words ?? []).map((word) => word[0]!.toUpperCase() + word.slice(1)).join("");
  return name === "" ? "Payload" : name.slice(0, 60);
}
