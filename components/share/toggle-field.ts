import type { RedactedField, Redaction } from "#lib/contract/share.ts";

type Toggled = Pick<RedactedField, "address" | "hidden" | "hiddenByDefault">;

/** The redaction with one field hidden that is shown, or shown that is hidden. */
export function toggleField({ hide, show }: Redaction, field: Toggled): Redaction {
  const { address, hidden, hiddenByDefault } = field;
  const without = (list: string[]) => list.filter((one) => one !== address);
  return hidden
    ? { hide: without(hide), show: hiddenByDefault ? [...without(show), address] : without(show) }
    : { hide: hiddenByDefault ? without(hide) : [...without(hide), address], show: without(show) };
}
