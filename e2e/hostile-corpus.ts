import { exchange } from "#lib/testing/raw-http.ts";
import type { TestBin } from "#lib/testing/server.ts";

/** Where a capture would take what it stole. No test may ever see a request to it. */
export const EVIL = "https://evil.test";
const RUN = "window.pwned=1,document.title='pwned',alert(1)";
export const MARKUP = `"'></title></textarea></script><script>${RUN}</script><img src=x onerror="${RUN}"><svg onload="${RUN}"><iframe src="javascript:${RUN}"></iframe><style>*{display:none!important;background:url(${EVIL}/css)}</style><link rel=stylesheet href=${EVIL}/x.css><base href=${EVIL}/><meta http-equiv=refresh content="0;url=${EVIL}">`;
export const HTML = `<!doctype html><html><head>${MARKUP}</head><body onload="${RUN}"><form action=${EVIL}><button autofocus onfocus="${RUN}">x</button></form><img src="${EVIL}/pixel.gif"><a href="javascript:${RUN}">a</a><div style="position:fixed;inset:0;background:url(${EVIL}/bg)">cover</div></body></html>`;
export const SVG = `<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" onload="${RUN}"><script>${RUN}</script><image xlink:href="${EVIL}/i.png"/><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="${RUN}"/></body></foreignObject><text>&e;</text></svg>`;
/** Right-to-left override, isolates, zero width, BOM, terminal escapes, C1. */
const CONTROLS =
  "\u202egnp.exe\u2066\u2069\u200b\u200f\ufeff\u001b[31m\u0007\u0008\u0085\u2028\u2029";

export type Hostile = { name: string; target?: string; headers: string[]; body?: string | Buffer };

const ESCAPED = encodeURIComponent(MARKUP);

export const CORPUS: Hostile[] = [
  { name: "HTML", headers: ["Content-Type: text/html"], body: HTML },
  {
    name: "script in every field",
    target: `/${ESCAPED}<script>${RUN}</script>?<svg/onload=${RUN}>=<b>&q=${ESCAPED}#${RUN}`,
    headers: [`X-Markup: ${MARKUP}`, `User-Agent: ${MARKUP}`, `Content-Type: text/html;${MARKUP}`],
    body: JSON.stringify({ [MARKUP]: MARKUP, __proto__: 1, constructor: { prototype: MARKUP } }),
  },
  {
    name: "JSON",
    headers: ["Content-Type: application/json"],
    body: JSON.stringify([MARKUP, HTML]),
  },
  { name: "SVG", headers: ["Content-Type: image/svg+xml"], body: SVG },
  { name: "XML", headers: ["Content-Type: application/xml"], body: SVG },
  {
    name: "an image that is HTML",
    headers: ["Content-Type: image/png"],
    body: Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]), Buffer.from(HTML)]),
  },
  {
    name: "a GIF that is a script",
    headers: ["Content-Type: image/gif"],
    body: `GIF89a=1;${RUN};/*${HTML}*/`,
  },
  {
    name: "a PDF with a script",
    headers: ["Content-Type: application/pdf"],
    body: `%PDF-1.4\n1 0 obj<</OpenAction<</S/JavaScript/JS(${RUN})>>>>endobj\n${HTML}`,
  },
  {
    name: "file names of HTML",
    headers: ["Content-Type: multipart/form-data; boundary=b"],
    body: `--b\r\nContent-Disposition: form-data; name="<img src=x onerror=${RUN}>"; filename="<svg onload=${RUN}>.html"\r\nContent-Type: text/html\r\n\r\n${HTML}\r\n--b\r\nContent-Disposition: form-data; name="../../etc/passwd\u202egnp"; filename="a\r\nSet-Cookie: x=1"\r\n\r\n${CONTROLS}\r\n--b--\r\n`,
  },
  {
    name: "a form",
    headers: ["Content-Type: application/x-www-form-urlencoded"],
    body: `${ESCAPED}=${ESCAPED}&%00=%00&%ED%A0%80=%FF&a=%0d%0aSet-Cookie:x=1`,
  },
  {
    name: "header injection",
    target: "/a%0d%0aSet-Cookie:%20x=1%0d%0a%0d%0a<script>",
    headers: [
      'Content-Disposition: inline; filename="x.html"',
      "Set-Cookie: inlet=stolen",
      "Location: javascript:alert(1)",
      `Refresh: 0;url=${EVIL}`,
      `Link: <${EVIL}/x.css>; rel=stylesheet`,
    ],
    body: "x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>",
  },
  {
    name: "control characters",
    target: `/${encodeURIComponent(CONTROLS)}`,
    headers: [
      `X-Controls: ${Buffer.from("\u202egnp\u2066\u200b\u0085").toString("latin1")}`,
      "Content-Type: text/plain",
    ],
    body: `${CONTROLS}\u0000${"\u0301".repeat(300)}`,
  },
  { name: "a long header", headers: [`X-Long: ${"W".repeat(60 * 1024)}`], body: "x" },
  {
    name: "long words",
    headers: [`${"X-".repeat(2_000)}Name: 1`],
    target: `/${"W".repeat(8_000)}`,
    body: "W".repeat(60_000),
  },
  {
    name: "NUL bytes",
    headers: ["Content-Type: text/html"],
    body: Buffer.from(`<\0script\0>${RUN}<\0/script>\0\0`),
  },
  {
    name: "lone surrogates",
    headers: ["Content-Type: application/json"],
    body: Buffer.concat([
      Buffer.from('{"a":"\\ud800","\\udfff":"'),
      Buffer.from([0xed, 0xa0, 0x80]),
      Buffer.from('"}'),
    ]),
  },
  {
    name: "deep JSON",
    headers: ["Content-Type: application/json"],
    body: `${"[".repeat(20_000)}${"]".repeat(20_000)}`,
  },
];

export function toBytes(binId: string, { target = "", headers, body = "" }: Hostile): Buffer {
  const bytes = Buffer.from(body);
  const head = [
    `POST /in/${binId}${target.replaceAll(" ", "%20")} HTTP/1.1`,
    "Host: inlet.test",
    ...headers,
  ];
  const text = `${head.join("\r\n")}\r\nContent-Length: ${bytes.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(text, "latin1"), bytes]);
}

/** What fills and widens every place that shows a field of a capture. */
export const WORST = CORPUS.filter(({ name }) =>
  ["script in every field", "control characters", "header injection", "long words"].includes(name),
);

/** @returns the ids of the captures, in the order of `corpus` */
export async function sendAll(bin: TestBin, corpus: readonly Hostile[]): Promise<string[]> {
  const port = Number(new URL(bin.captureUrl).port);
  for (const hostile of corpus) await exchange(port, toBytes(bin.id, hostile));
  return (await bin.all()).map(({ id }) => id);
}

/** Answers that use every part of a response. */
export const ANSWERS = [
  `HTTP/1.1 200 ${MARKUP.replaceAll("\n", "")}\r\nX-Markup: ${MARKUP}\r\nContent-Type: text/html;${MARKUP}\r\nSet-Cookie: inlet=stolen\r\nRefresh: 0;url=${EVIL}\r\nContent-Length: ${HTML.length}\r\n\r\n${HTML}`,
  `HTTP/1.1 302 \u202egnp\u0085\r\nLocation: javascript:alert(1)\r\nX-Long: ${"W".repeat(12_000)}\r\n${"X-".repeat(400)}Name: 1\r\nContent-Length: 3\r\n\r\n\0\xff\xfe`,
].map((text) => Buffer.from(text, "latin1"));

/** For what a person may name, by the API at the longest: 100 characters. */
export const HOSTILE_NAMES = [
  `</title><script>${RUN}</script><img src=x onerror=alert(1)>`,
  `${CONTROLS}'"<svg onload=alert(1)>&lt;b&gt;`,
  "W".repeat(100),
];
