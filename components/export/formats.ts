import type { BinFormat, CaptureFormat } from "#lib/contract/export.ts";

export const CODE_FORMATS: readonly [CaptureFormat, string][] = [
  ["curl", "curl"],
  ["httpie", "HTTPie"],
  ["fetch", "JavaScript (fetch)"],
  ["node", "Node.js (node:http)"],
  ["python", "Python (requests)"],
  ["python-exact", "Python (http.client, exact)"],
  ["go", "Go"],
  ["php", "PHP"],
  ["http", ".http file"],
];

export const BIN_FORMATS: readonly [BinFormat, string][] = [
  ["har", "HAR 1.2, for browsers and proxies"],
  ["json", "JSON, one document"],
  ["ndjson", "NDJSON, one capture a line"],
  ["http", ".http, for JetBrains and VS Code"],
];

export const captureExportPath = (id: string, format: CaptureFormat): string =>
  `/captures/${encodeURIComponent(id)}/export?format=${format}`;

export const nameOfFormat = (format: CaptureFormat): string =>
  CODE_FORMATS.find(([known]) => known === format)?.[1] ?? format;

const LAST = "inlet.copyAs";

/** What was copied as last: the next copy is most likely the same. */
export function lastFormat(): CaptureFormat {
  try {
    const stored = localStorage.getItem(LAST);
    return CODE_FORMATS.find(([format]) => format === stored)?.[0] ?? "curl";
  } catch {
    return "curl";
  }
}

export function rememberFormat(format: CaptureFormat): void {
  try {
    localStorage.setItem(LAST, format);
  } catch {
    // Not kept, then: a browser may forbid it.
  }
}
