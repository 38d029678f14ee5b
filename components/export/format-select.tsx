type FormatSelectProps<Format extends string> = {
  label: string;
  value: Format;
  formats: readonly (readonly [Format, string])[];
  disabled?: boolean;
  onChange: (format: Format) => void;
};

export function FormatSelect<Format extends string>(props: FormatSelectProps<Format>) {
  const { label, value, formats, disabled, onChange } = props;
  return (
    <label className="flex min-w-0 flex-1 flex-col gap-1 text-sm">
      <span className="text-muted text-xs">{label}</span>
      <select
        value={value}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.value as Format)}
        className="h-8 w-full rounded-md border border-line-strong bg-canvas px-2 text-ink pointer-coarse:h-11"
      >
        {formats.map(([format, name]) => (
          <option key={format} value={format}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
