import { useId } from "react";
import { Choice } from "#components/ui/choice.tsx";
import { Exact } from "#components/ui/exact.tsx";

/** Who connects to the target. */
export type SendFrom = "server" | "browser";

type SendFromChoiceProps = {
  from: SendFrom;
  onChange: (from: SendFrom) => void;
  /** What the server could not reach and this browser may. */
  unreached: string | null;
};

export function SendFromChoice({ from, onChange, unreached }: SendFromChoiceProps) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-1 text-sm">
      <legend className="mb-1 font-medium">From</legend>
      <Choice name={name} checked={from === "server"} onChange={() => onChange("server")}>
        Inlet's server: exactly as it came
      </Choice>
      <Choice name={name} checked={from === "browser"} onChange={() => onChange("browser")}>
        My browser: reaches what only this device can reach
      </Choice>
      {unreached !== null && from === "server" && (
        <p className="text-faint text-xs [overflow-wrap:anywhere]">
          Inlet's server did not get through to <Exact text={unreached} />. Your browser may, if it
          is on your device or network.
        </p>
      )}
    </fieldset>
  );
}
