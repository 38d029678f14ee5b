import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HeaderPair } from "../../contract/reply.ts";
import { REDACTED, type Redaction } from "../../contract/share.ts";
import { type Recorded, redactCapture } from "./redact-capture.ts";

const BIN = "k3v9q0w2m4x7z1a8b5c6";

function recorded(change: Partial<Recorded> = {}): Recorded {
  const query = change.query ?? null;
  const path = change.path ?? "/hook";
  return {
    binId: BIN,
    method: "POST",
    target: `/in/${BIN}${path}${query === null ? "" : `?${query}`}`,
    path,
    query,
    contentType: change.headers?.find(([name]) => /^content-type$/i.test(name))?.[1] ?? null,
    remoteIp: "203.0.113.9",
    problem: null,
    problemDetail: null,
    headers: [],
    trailers: [],
    ...change,
  };
}

const NOTHING: Redaction = { hide: [], show: [] };

function redact(change: Partial<Recorded>, body = "", redaction = NOTHING) {
  const bytes = Buffer.from(body, "utf8");
  const result = redactCapture(recorded(change), bytes, redaction);
  return { ...result.record, body: result.body.toString("utf8"), fields: result.fields };
}

const json = (body: string, redaction = NOTHING) =>
  redact({ headers: [["Content-Type", "application/json"]] }, body, redaction).body;

/** Everything that could leave the server, as one text. */
const allBytes = ({ fields, ...rest }: ReturnType<typeof redact>) =>
  JSON.stringify(rest) + rest.body + JSON.stringify(fields);

describe("by default", () => {
  test.each([
    ["Authorization", "Bearer abcdef123", "Bearer [redacted]"],
    ["authorization", "abcdef123", REDACTED],
    ["Proxy-Authorization", "Basic YTpi", "Basic [redacted]"],
    ["Cookie", "a=1; b=2", REDACTED],
    ["Set-Cookie", "a=1", REDACTED],
    ["X-API-Key", "k", REDACTED],
    ["Ocp-Apim-Subscription-Key", "k", REDACTED],
    ["Stripe-Signature", "t=1,v1=2", REDACTED],
    ["X-Hub-Signature", "sha1=2", REDACTED],
    ["X-Hub-Signature-256", "sha256=2", REDACTED],
    ["X-Shopify-Hmac-Sha256", "x", REDACTED],
    ["X-Slack-Signature", "v0=2", REDACTED],
    ["X-Twilio-Signature", "x", REDACTED],
    ["svix-signature", "v1,x", REDACTED],
    ["webhook-signature", "v1,x", REDACTED],
    ["PAYPAL-TRANSMISSION-SIG", "x", REDACTED],
    ["Paypal-Transmission-Id", "x", REDACTED],
    ["X-Gitlab-Token", "x", REDACTED],
    ["X-Telegram-Bot-Api-Secret-Token", "x", REDACTED],
    ["X-Square-Hmacsha256-Signature", "x", REDACTED],
    ["X-Forwarded-For", "192.0.2.1", REDACTED],
    ["Forwarded", "for=192.0.2.1", REDACTED],
    ["CF-Connecting-IP", "192.0.2.1", REDACTED],
    ["Referer", "https://a.test/?token=x1&page=2", "https://a.test/?token=[redacted]&page=2"],
    ["Idempotency-Key", "k", "k"],
    ["Sec-WebSocket-Key", "k", "k"],
    ["Content-Type", "text/plain", "text/plain"],
    ["X-Request-Id", "7", "7"],
    ["User-Agent", "curl/8", "curl/8"],
  ])("the header %s: %s becomes %s", (name, value, shown) => {
    const pair: HeaderPair = [name, value];
    expect(redact({ headers: [pair] }).headers).toEqual([[name, shown]]);
    expect(redact({ trailers: [pair] }).trailers).toEqual([[name, shown]]);
  });

  test.each([
    ["a=1&access_token=t0&b=%20", "a=1&access_token=[redacted]&b=%20"],
    ["apiKey=t0", "apiKey=[redacted]"],
    ["user%5Bpassword%5D=t0&x", "user%5Bpassword%5D=[redacted]&x"],
    ["page=2&total_tokens=5", "page=2&total_tokens=5"],
    ["token=", "token=[redacted]"],
    ["a;sig=x", "a;sig=[redacted]"],
  ])("the query %s becomes %s", (query, shown) => {
    const { query: redacted, target } = redact({ query });
    expect(redacted).toBe(shown);
    expect(target).toBe(`/in/[redacted]/hook?${shown}`);
  });

  test.each([
    ['{"a": 1.10,"token":"x" , "a":2}', '{"a": 1.10,"token":"[redacted]" , "a":2}'],
    ['{"clientSecret":12345678901234567890}', '{"clientSecret":"[redacted]"}'],
    [
      '{"secrets":{"a":[1,"b"],"c":null}}',
      '{"secrets":{"a":["[redacted]","[redacted]"],"c":null}}',
    ],
    ['[{"pass\\u0077ord":"x\\"y"}]', '[{"pass\\u0077ord":"[redacted]"}]'],
    ['{"token":"x"}\n{"token":"y"}', '{"token":"[redacted]"}\n{"token":"[redacted]"}'],
    ['{"token":"cut o', '{"token":"[redacted]'],
    ['{"token":"cut off\\', '{"token":"[redacted]'],
    ['{"token": abc}', '{"token": [redacted]}'],
    ['{"u":"https://a.test/?x=1&token=t0#f"}', '{"u":"https://a.test/?x=1&token=[redacted]#f"}'],
    ['{"secrets":{"a": bad, "b":"x"}}', '{"secrets":{[redacted]'],
    ["[]{}[ ]", "[]{}[ ]"],
    ['"text"', '"text"'],
  ])("the JSON %s becomes %s", (body, shown) => {
    expect(json(body)).toBe(shown);
    expect(redact({}, body).body).toBe(shown);
  });

  test.each([
    // What says what it is in the middle of a text.
    ["see https://ada:hunter22@a.test/x", "see https://ada:[redacted]@a.test/x"],
    ["at 'https://a.test/?token=a''b' now", "at 'https://a.test/?token=[redacted]' now"],
    ["https://a.test/cb#access_token=t0k3n&n=1", "https://a.test/cb#access_token=[redacted]&n=1"],
    ["it sent Bearer abc.def1 there", "it sent Bearer [redacted] there"],
    ["basic credentials, a bearer of news", "basic credentials, a bearer of news"],
    [`it sent Basic ${btoa("ada:hunter22")}`, "it sent Basic [redacted]"],
    ['curl -H "Authorization: Bearer abcdefg" x', 'curl -H "Authorization: [redacted]" x'],
    [
      "<a><password><![CDATA[hunter22]]></password></a>",
      "<a><password><![CDATA[[redacted]]]></password></a>",
    ],
    [
      "-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----",
      "-----BEGIN RSA PRIVATE KEY-----[redacted]-----END RSA PRIVATE KEY-----",
    ],
    // JSON.
    [
      '{"m":"{\\"token\\":\\"t0k3n\\",\\"n\\":1}"}',
      '{"m":"{\\"token\\":\\"[redacted]\\",\\"n\\":1}"}',
    ],
    ['[{"name":"Cookie","value":"a=b"}]', '[{"name":"Cookie","value":"[redacted]"}]'],
    ['[{"name":"Accept","value":"*/*"}]', '[{"name":"Accept","value":"*/*"}]'],
    ['{"log":"sent Bearer abc.def1"}', '{"log":"sent Bearer [redacted]"}'],
    // Forms.
    [
      `a=1&to=${encodeURIComponent("https://a.test/?token=t0k3n")}`,
      `a=1&to=${encodeURIComponent("https://a.test/?token=")}[redacted]`,
    ],
  ])("the text %s becomes %s", (body, shown) => {
    expect(redact({}, body).body).toBe(shown);
  });

  test.each<[HeaderPair, string]>([
    [["X-Api-Key", 'abc+/d1&2"'], 'abc+/d1&2"'],
    [["Cookie", "theme=light; session=abcdef123456"], "abcdef123456"],
    [["Authorization", `Basic ${btoa("ada:hunter2222")}`], "hunter2222"],
    [["Stripe-Signature", "t=1492774577,v1=5257a869e7ecebeda32a"], "5257a869e7ecebeda32a"],
    [["X-Data", '{"token":"p\\u00e4ss/w0rd"}'], "päss/w0rd"],
  ])("what %j hides, however it is written elsewhere", (header, secret) => {
    const percent = encodeURIComponent(secret);
    const escaped = JSON.stringify(secret).slice(1, -1);
    const ascii = escaped.replace(/[^\x20-\x7e]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
    const query = `a=${percent}&b=${percent.toLowerCase()}`;
    const strings = [escaped, escaped.replaceAll("/", "\\/"), ascii].map((text) => `"${text}"`);
    const shown = redact({ headers: [header], query }, `[${strings}]`);
    expect(shown.query).toBe("a=[redacted]&b=[redacted]");
    expect(shown.body).toBe(`[${strings.map(() => '"[redacted]"')}]`);
  });

  test("and of a list of cookies no word by itself", () => {
    const shown = redact({ headers: [["Cookie", "theme=darkmode; s=abcdef123456"]] }, "darkmode");
    expect(shown.body).toBe("darkmode");
  });

  test("forms, and JSON in them", () => {
    const payload = encodeURIComponent('{"token":"t0","text":"hi"}');
    const { body } = redact(
      { headers: [["content-type", "application/x-www-form-urlencoded"]] },
      `payload=${payload}&password=p%20q&n=1`,
    );
    expect(body).toBe(
      `payload=${encodeURIComponent('{"token":"')}[redacted]${encodeURIComponent('","text":"hi"}')}&password=[redacted]&n=1`,
    );
  });

  test("multipart, part by part, with every delimiter in its place", () => {
    const part = (name: string, content: string, more = "") =>
      `--B\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${content}\r\n`;
    const type = "\r\nContent-Type: application/json";
    const body = (secret: string) =>
      `pre\r\n${part("api_key", secret)}${part("data", `{"token":"${secret}","n":1}`, type)}${part("n", "1")}--B--\r\n`;
    const headers: HeaderPair[] = [["Content-Type", 'multipart/form-data; boundary="B"']];
    expect(redact({ headers }, body("s3cr3t")).body).toBe(body(REDACTED));
  });

  test("what looks like a secret in text, XML and bytes that are not HTTP", () => {
    expect(redact({}, "<a><password>x</password><n>1</n></a>").body).toBe(
      "<a><password>[redacted]</password><n>1</n></a>",
    );
    expect(redact({}, "user=a\npassword = hunter2\n").body).toBe("user=a\npassword = [redacted]\n");
    const malformed = "GET /?token=t0 HTTP/1.1\r\nAuthorization: Basic YTpi\r\nBad Name: 1\r\n\r\n";
    expect(redact({ problem: "malformed" }, malformed).body).toBe(
      "GET /?token=[redacted] HTTP/1.1\r\nAuthorization: [redacted]\r\nBad Name: 1\r\n\r\n",
    );
  });

  test("bodies that cannot be looked into are hidden whole, unless the sharer shows them", () => {
    const headers: HeaderPair[] = [["Content-Encoding", "gzip"]];
    expect(redact({ headers }, "bytes").body).toBe(REDACTED);
    expect(redact({ headers }, "bytes", { hide: [], show: ["body"] }).body).toBe("bytes");
    expect(redact({ contentType: "application/json; charset=utf-16" }, "bytes").body).toBe(
      REDACTED,
    );
  });

  test("the sender's address and the bin's id, wherever they are", () => {
    const host: HeaderPair = ["Host", `${BIN}.hooks.test`];
    const shown = redact({ headers: [host], query: "from=203.0.113.9" }, `{"to":"/in/${BIN}"}`);
    expect(shown.remoteIp).toBe(REDACTED);
    expect(shown.query).toBe("from=[redacted]");
    expect(shown.body).toBe('{"to":"/in/[redacted]"}');
    expect(shown.headers).toEqual([["Host", "[redacted].hooks.test"]]);
    expect(shown.target).toBe("/in/[redacted]/hook?from=[redacted]");
  });
});

describe("the sharer", () => {
  const headers: HeaderPair[] = [
    ["Content-Type", "application/json"],
    ["X-Shop", "blue-shop"],
    ["Authorization", "Bearer abcdef123"],
  ];
  const body = '{"customer":{"email":"a@b.test"},"note":"ask a@b.test","token":"t0"}';

  test("hides fields by their address, also where they are repeated", () => {
    const hide = ["header:x-shop", "json:/customer/email", "path:2", "query:page"];
    const shown = redact({ headers, path: "/a/secretpart", query: "page=1" }, body, {
      hide,
      show: [],
    });
    expect(shown.headers[1]).toEqual(["X-Shop", REDACTED]);
    expect(shown.path).toBe("/a/[redacted]");
    expect(shown.target).toBe("/in/[redacted]/a/[redacted]?page=[redacted]");
    expect(shown.body).toBe(
      '{"customer":{"email":"[redacted]"},"note":"ask [redacted]","token":"[redacted]"}',
    );
  });

  test("shows fields that are hidden by default", () => {
    const show = ["header:authorization", "json:/token", "remoteIp"];
    const shown = redact({ headers }, body, { hide: [], show });
    expect(shown.headers).toEqual(headers);
    expect(shown.body).toBe(body);
    expect(shown.remoteIp).toBe("203.0.113.9");
  });

  test("sees every field with its address, and what stands there", () => {
    const { fields } = redact({ headers, query: "page=1" }, body, {
      hide: ["query:page"],
      show: [],
    });
    expect(fields).toContainEqual({
      address: "query:page",
      value: REDACTED,
      hidden: true,
      hiddenByDefault: false,
    });
    expect(fields).toContainEqual({
      address: "json:/customer/email",
      value: "a@b.test",
      hidden: false,
      hiddenByDefault: false,
    });
    expect(fields.map(({ address }) => address)).toEqual([
      "remoteIp",
      "path:1",
      "query:page",
      "header:content-type",
      "header:x-shop",
      "header:authorization",
      "body",
      "json:/customer/email",
      "json:/note",
      "json:/token",
    ]);
  });
});

/** Long enough not to be anywhere by chance; the marker's own letters cannot form one. */
const secret = fc
  .string({ minLength: 8, maxLength: 40, unit: "grapheme" })
  .filter((text) => text.trim() === text && !/[[\]]/.test(text) && text !== "redacted");
const headerSecret = fc.stringMatching(/^[A-Za-z0-9+/=._~-]{8,60}$/);
const secretName = fc.constantFrom("token", "client_secret", "apiKey", "X-Signature", "password");
const plain = fc.string({ maxLength: 20 });

function expectNowhere(value: string, shown: ReturnType<typeof redact>) {
  const all = allBytes(shown);
  const latin1 = Buffer.from(value, "utf8").toString("latin1");
  for (const form of [
    value,
    latin1,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
  ]) {
    expect(all.includes(form), `${JSON.stringify(form)} in ${all}`).toBe(false);
  }
}

describe("no hidden value is in any byte of any output", () => {
  const runs = { numRuns: 300 };

  test("from a header, whatever else repeats it", () => {
    fc.assert(
      fc.property(headerSecret, secretName, plain, (value, name, text) => {
        const body = JSON.stringify({ [text]: [value, `${text}${value}`], n: 1 });
        const shown = redact(
          {
            headers: [
              [name, value],
              ["X-Other", `a ${value} b`],
            ],
            path: `/x/${value}`,
            query: `a=${value}&${name}=${value}`,
          },
          body,
        );
        expectNowhere(value, shown);
        expect(() => JSON.parse(shown.body)).not.toThrow();
      }),
      runs,
    );
  });

  test("from JSON of any shape", () => {
    fc.assert(
      fc.property(secret, secretName, fc.jsonValue(), fc.boolean(), (value, name, rest, cut) => {
        const whole = JSON.stringify({ rest, deep: [{ [name]: { of: [value] } }], again: value });
        const end = whole.lastIndexOf(JSON.stringify(value).slice(0, -1));
        const body = cut ? whole.slice(0, end) : whole;
        expectNowhere(value, redact({}, body));
      }),
      runs,
    );
  });

  test("from queries and forms", () => {
    fc.assert(
      fc.property(secret, secretName, plain, (value, name, text) => {
        const form = new URLSearchParams([
          ["a", text],
          [name, value],
          ["payload", JSON.stringify({ [name]: value, text })],
        ]).toString();
        expectNowhere(
          value,
          redact(
            { query: form, headers: [["content-type", "application/x-www-form-urlencoded"]] },
            form,
          ),
        );
      }),
      runs,
    );
  });

  test("from multipart", () => {
    fc.assert(
      fc.property(secret, secretName, (value, name) => {
        const body = `--B\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n--B--`;
        const headers: HeaderPair[] = [["Content-Type", "multipart/form-data; boundary=B"]];
        expectNowhere(value, redact({ headers }, body));
      }),
      runs,
    );
  });
});

test("a body of nothing but secrets keeps what it says about them, wherever it repeats them", () => {
  const tokens = Array.from({ length: 5_000 }, (_, i) => `${i}/"token${i * i}`);
  const body = (values: string[]) =>
    JSON.stringify(values.map((token, id) => ({ id, token, again: [token, `a ${token}.`] })));
  const shown = json(body(tokens));
  expect(shown).toBe(body(tokens.map(() => REDACTED)));
});

describe("bytes keep their place", () => {
  test("a body without secrets comes back byte for byte, whatever it is", () => {
    const types = fc.constantFrom(
      "application/json",
      "application/x-www-form-urlencoded",
      "multipart/form-data; boundary=x",
      "text/plain",
      "image/png",
    );
    const bodies = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.json({ maxDepth: 3 }).map((text) => Buffer.from(text)),
      fc.string({ unit: "binary" }).map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(types, bodies, (type, body) => {
        // Everything that is hidden by default is shown: what is left is reading and writing.
        const record = recorded({ headers: [["content-type", type]], remoteIp: null });
        const first = redactCapture(record, body, NOTHING);
        const show = first.fields.map(({ address }) => address);
        expect(redactCapture(record, body, { hide: [], show }).body.equals(body)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  test("large and deep bodies are read in one go", () => {
    const megabyte = 1024 * 1024;
    for (const body of [
      "[".repeat(megabyte),
      '{"token":'.repeat(megabyte / 8),
      `"${"\\\\".repeat(megabyte)}`,
      "a".repeat(4 * megabyte),
      "<a".repeat(megabyte),
      "?;".repeat(megabyte),
      `token="${'\\"'.repeat(megabyte)}`,
      `{${'"token":"x1y2z3w4",'.repeat(megabyte / 16)}"a":1}`,
      `${"a=b&".repeat(2_000)}<`,
      // Each of a million values has an address as long as these names.
      `{"${"k".repeat(megabyte / 2)}":[${"1,".repeat(megabyte / 4)}1]}`,
      `${'{"a name of thirty-two characters":'.repeat(400)}[${"1,".repeat(megabyte / 4)}1`,
    ]) {
      expect(redact({}, body).body.length).toBeGreaterThan(0);
    }
  });
});
