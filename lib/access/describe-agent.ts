import Bowser from "bowser";

/** `Firefox on Linux`, of a User-Agent header; null when it says nothing that is known. */
export function describeAgent(agent: string | null): string | null {
  if (!agent) return null;
  const { browser, os } = Bowser.parse(agent);
  const names = [browser.name, os.name].filter((name) => name && name !== "Unknown");
  return names.length === 0 ? null : names.join(" on ").slice(0, 100);
}
