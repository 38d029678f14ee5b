const ROW = 16;

/** `00000010  48 65 6c 6c 6f …  |Hello|`, sixteen bytes a line. */
export function hexDump(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let offset = 0; offset < bytes.length; offset += ROW) {
    lines.push(hexLine(bytes.subarray(offset, offset + ROW), offset));
  }
  return lines.join("\n");
}

function hexLine(row: Uint8Array, offset: number): string {
  let hex = "";
  let text = "";
  for (let i = 0; i < ROW; i += 1) {
    const byte = row[i];
    if (i === ROW / 2) hex += " ";
    hex += byte === undefined ? "   " : `${byte.toString(16).padStart(2, "0")} `;
    if (byte !== undefined) text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".";
  }
  return `${offset.toString(16).padStart(8, "0")}  ${hex} ${text}`;
}
