import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { REDACTED, type Redaction } from "../../contract/share.ts";
import { type Recorded, redactCapture } from "./redact-capture.ts";

const NOTHING: Redaction = { hide: [], show: [] };

function redact(type: string, body: string, redaction = NOTHING, change: Partial<Recorded> = {}) {
  const record: Recorded = {
    binId: "k3v9q0w2m4x7z1a8b5c6",
    method: "POST",
    target: "/in/k3v9q0w2m4x7z1a8b5c6/hook",
    path: "/hook",
    query: null,
    contentType: type,
    remoteIp: null,
    problem: null,
    problemDetail: null,
    headers: [["Content-Type", type]],
    trailers: [],
    ...change,
  };
  const shown = redactCapture(record, Buffer.from(body, "utf8"), redaction);
  return { ...shown.record, body: shown.body.toString("utf8"), fields: shown.fields };
}

const XML = "application/xml";
const JSON_TYPE = "application/json";
const TEXT = "text/plain";
const FORM = "application/x-www-form-urlencoded";
const WSSE = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";

describe("hidden by default", () => {
  test.each<[string, string, string]>([
    // XML: as in JSON, all that is below a secret's name.
    [XML, "<password><value>x</value></password>", "<password><value>•</value></password>"],
    [
      XML,
      '<a><credentials id="7" xmlns="urn:x"><user>ada</user>\n<pass>x</pass></credentials><n>1</n></a>',
      '<a><credentials id="•" xmlns="urn:x"><user>•</user>\n<pass>•</pass></credentials><n>1</n></a>',
    ],
    [
      XML,
      `<wsse:Security xmlns:wsse="${WSSE}"><wsse:Password Type="${WSSE}#PasswordText">x&amp;y</wsse:Password></wsse:Security>`,
      `<wsse:Security xmlns:wsse="${WSSE}"><wsse:Password Type="${WSSE}#PasswordText">•</wsse:Password></wsse:Security>`,
    ],
    [
      XML,
      '<wsse:BinarySecurityToken EncodingType="x">MIIC</wsse:BinarySecurityToken>',
      '<wsse:BinarySecurityToken EncodingType="•">•</wsse:BinarySecurityToken>',
    ],
    [XML, "<token><![CDATA[a<b]]><!-- c --></token>", "<token><![CDATA[•]]><!-- • --></token>"],
    [XML, '<add key="ApiToken" value="x"/><b>1</b>', '<add key="ApiToken" value="•"/><b>1</b>'],
    [XML, '<param name="password">x</param>', '<param name="password">•</param>'],
    [XML, '<db password="x" name="y"/>', '<db password="•" name="y"/>'],
    [XML, "<token/><a>1</a>", "<token/><a>1</a>"],
    // Cut off, or not well-formed.
    [XML, "<a><token><b>x", "<a><token><b>•"],
    [XML, '<a b="><token>x</token></a>', '<a b="><token>•</token></a>'],
    [XML, "<token>x</b></token><c>1</c>", "<token>•</b></token><c>1</c>"],
    [
      "text/html",
      '<input name="password" value="x"><meta name="csrf-token" content="y"><p>ok</p>',
      '<input name="password" value="•"><meta name="csrf-token" content="•"><p>ok</p>',
    ],
    ["text/html", "<script>token = 'x'</script>", "<script>token = '•'</script>"],
    // Elements in another text.
    [TEXT, "got <password><v>x</v></password>.", "got <password><v>•</v></password>."],
    [TEXT, "use <token> here, and <b>that</b>", "use <token> here, and <b>that</b>"],
    [JSON_TYPE, '{"soap":"<Password>x</Password>"}', '{"soap":"<Password>•</Password>"}'],
    // GraphQL.
    [
      JSON_TYPE,
      '{"query":"mutation { login(user: \\"ada\\", password: \\"x y\\") }","variables":{"token":"y"}}',
      '{"query":"mutation { login(user: \\"ada\\", password: \\"•\\") }","variables":{"token":"•"}}',
    ],
    [
      "application/graphql",
      'mutation { login(password: "x y") }',
      'mutation { login(password: "•") }',
    ],
    // JSON that is not quite JSON.
    [
      JSON_TYPE,
      '{ // password: old\n "secrets": {"a": "x", /* token=y */ "b": ["z",],},}',
      '{ // password: •\n "secrets": {"a": "•", /* token=• */ "b": ["•",],},}',
    ],
    [JSON_TYPE, '{"log":"started\\nAPI_TOKEN=xyz ok"}', '{"log":"started\\nAPI_TOKEN=• ok"}'],
    [JSON_TYPE, '{"log":"Error code: 42, key=7"}', '{"log":"Error code: 42, key=7"}'],
    [
      "application/x-ndjson",
      '{"secrets":{"a":"x"}}\nnot JSON\n{"secrets":{"a":"y"}}\n',
      '{"secrets":{"a":"•"}}\nnot JSON\n{"secrets":{"a":"•"}}\n',
    ],
    [
      "text/event-stream",
      'event: a\ndata: {"secrets":{"a":"x"}}\n\ndata: [DONE]\n',
      'event: a\ndata: {"secrets":{"a":"•"}}\n\ndata: [DONE]\n',
    ],
    // YAML.
    [
      "application/yaml",
      'db:\n  password: correct horse # new\n  "token" : "x y"\ncredentials:\n  - user: ada\n    pass: x\n  - plain\nkey: |\n  line one\n  line two\nport: 5432\n',
      'db:\n  password: •\n  "token" : "•"\ncredentials:\n  - user: •\n    pass: •\n  - •\nkey: |\n  •\n  •\nport: 5432\n',
    ],
    [TEXT, "db:\n  - password: correct horse\n", "db:\n  - password: •\n"],
    // .env files.
    [
      TEXT,
      'NODE_ENV=test\nexport STRIPE_SECRET_KEY="a b"\nDB_PASSWORD=correct horse\nPORT=80\n',
      'NODE_ENV=test\nexport STRIPE_SECRET_KEY="•"\nDB_PASSWORD=•\nPORT=80\n',
    ],
    [TEXT, "DATABASE_URL=postgres://ada:x@db/main", "DATABASE_URL=postgres://ada:•@db/main"],
    [TEXT, "token: token", "token: •"],
    // SAML.
    [FORM, "SAMLResponse=PHNhbWw%2B&RelayState=1", "SAMLResponse=•&RelayState=1"],
    [
      FORM,
      `query=${encodeURIComponent('{login(token:"x y")}')}`,
      `query=${encodeURIComponent('{login(token:"')}•${encodeURIComponent('")}')}`,
    ],
    [
      TEXT,
      "-----BEGIN PGP PRIVATE KEY BLOCK-----\nabc\n-----END PGP PRIVATE KEY BLOCK-----",
      "-----BEGIN PGP PRIVATE KEY BLOCK-----•-----END PGP PRIVATE KEY BLOCK-----",
    ],
  ])("in a body of %s: %s becomes %s", (type, body, shown) => {
    expect(redact(type, body).body).toBe(shown.replaceAll("•", REDACTED));
  });
});

/** Put together here, so that nobody who looks for leaked secrets finds one. */
const letters = (count: number) => "aB3dE5gH7jK9".repeat(9).slice(0, count);
const TOKENS: [string, string][] = [
  ["Stripe key", `sk_${"live"}_${letters(24)}`],
  ["Stripe key", `rk_${"test"}_${letters(24)}`],
  ["webhook secret", `whsec_${letters(30)}+/=`],
  ["GitHub token", `ghp_${letters(36)}`],
  ["GitHub token", `github_pat_${letters(22)}_${letters(59)}`],
  ["GitLab token", `glpat-${letters(20)}`],
  ["Slack token", `xoxb-1234567890-${letters(24)}`],
  ["AWS access key", `AKIA${"Q7".repeat(8).replaceAll("7", "R")}`],
  ["Google API key", `AIza${letters(35)}`],
  ["npm token", `npm_${letters(36)}`],
  ["Shopify token", `shpat_${"0a".repeat(16)}`],
  ["JWT", `eyJ${letters(17)}.eyJ${letters(20)}.${letters(43)}`],
  ["JWT", `eyJ${letters(17)}..${letters(16)}.${letters(20)}.${letters(22)}`],
];

describe("a token that its shape gives away", () => {
  test.each(TOKENS)("%s: %s is hidden wherever it is", (kind, token) => {
    for (const [type, body] of [
      [TEXT, `ask for ${token}, please`],
      [JSON_TYPE, JSON.stringify({ note: `\n${token}`, [token]: 1 })],
      [FORM, `note=%20${encodeURIComponent(token)}`],
      ["application/octet-stream", `\0\xff${token}\0`],
      [XML, `<a><!--${token}--><b c="${token}"/></a>`],
    ] as const) {
      const shown = redact(type, body, NOTHING, {
        path: `/hook/${encodeURIComponent(token)}`,
        headers: [["X-Note", `a ${token}`]],
      });
      // Addresses are for the sharer alone, and have the names of JSON as they are.
      const values = shown.fields.map(({ value }) => value);
      expect(JSON.stringify({ ...shown, fields: values })).not.toContain(token);
      expect(shown.body).toContain(REDACTED);
      expect(shown.fields).toContainEqual({
        address: `token:${kind}`,
        value: REDACTED,
        hidden: true,
        hiddenByDefault: true,
      });
      const show = [`token:${kind}`];
      expect(redact(type, body, { hide: [], show }).body).toBe(body);
    }
  });

  test.each([
    `pk_${"live"}_${letters(24)}`,
    `task_${"live"}_${letters(24)}`,
    `xAKIA${"Q".repeat(16)}`,
    `AKIA${"Q".repeat(17)}`,
    `eyJ${letters(20)}`,
    "sk_live_short",
    `my_eyJ${letters(20)}.eyJ${letters(20)}.x`,
  ])("%s is none", (text) => {
    expect(redact(TEXT, `see ${text} there`).body).toBe(`see ${text} there`);
  });

  test("is shown where the sharer shows the field that it is in", () => {
    const [, token] = TOKENS[0]!;
    const body = JSON.stringify({ token, note: `it is ${token}` });
    const shown = redact(JSON_TYPE, body, { hide: [], show: ["json:/token"] });
    expect(shown.body).toBe(body);
  });
});

describe("what is found in XML", () => {
  const body =
    '<order id="7"><credentials><user>ada</user><pass>x1</pass></credentials><item sku="b">pen</item></order>';

  test("has an address to hide it by, or to show it again", () => {
    const { fields } = redact(XML, body);
    expect(fields.slice(3)).toEqual([
      { address: "xml:/order/@id", value: "7", hidden: false, hiddenByDefault: false },
      ...["user", "pass"].map((name) => ({
        address: `xml:/order/credentials/${name}`,
        value: REDACTED,
        hidden: true,
        hiddenByDefault: true,
      })),
      { address: "xml:/order/item/@sku", value: "b", hidden: false, hiddenByDefault: false },
      { address: "xml:/order/item", value: "pen", hidden: false, hiddenByDefault: false },
    ]);
    const redaction = { hide: ["xml:/order/item"], show: ["xml:/order/credentials/user"] };
    expect(redact(XML, body, redaction).body).toBe(
      body.replace("x1", REDACTED).replace("pen", REDACTED),
    );
  });
});

const secret = fc.stringMatching(/^[g-z][g-z0-9<&"'/ :=é]{6,20}[g-z]$/);
const escapeXml = (text: string) =>
  text.replace(/[<>&"']/g, (character) => `&#${character.charCodeAt(0)};`);
const INTO: Record<string, (secret: string, repeated: string) => [string, string]> = {
  "nested XML": (value, more) => [
    XML,
    `<r><credentials><a b="${escapeXml(value)}"><c>${escapeXml(value)}</c></a></credentials><d>${escapeXml(more)}</d></r>`,
  ],
  "XML in a text": (value, more) => [
    TEXT,
    `${escapeXml(more)} <token><a>${escapeXml(value)}</a></token>`,
  ],
  "XML in JSON": (value, more) => [
    JSON_TYPE,
    JSON.stringify({ xml: `<password><a>${escapeXml(value)}</a></password>`, more }),
  ],
  GraphQL: (value, more) => [
    JSON_TYPE,
    JSON.stringify({ query: `{login(password: ${JSON.stringify(value)})}`, more }),
  ],
  "JSON with comments": (value, more) => [
    JSON_TYPE,
    `{/* ${more.replaceAll("*/", "")} */"secrets": {"a": ${JSON.stringify(value)}, // b\n},}`,
  ],
  "an event stream": (value, more) => [
    "text/event-stream",
    `data: ${JSON.stringify({ secrets: { a: value } })}\n: ${more}\n\ndata: ${JSON.stringify([more])}\n\n`,
  ],
  YAML: (value, more) => [
    "application/yaml",
    `a: ${more}\nsecrets:\n  - b: ${JSON.stringify(value)}\nc: ${more}\n`,
  ],
  "an .env file": (value, more) => [
    TEXT,
    `A=1\nMY_SECRET='${value.replaceAll("'", "x")}'\nB=${more}\n`,
  ],
};

describe("no hidden value is in any byte", () => {
  test.each(Object.entries(INTO))("of %s, whatever repeats it", (name, write) => {
    fc.assert(
      fc.property(secret, (any) => {
        const value = name === "an .env file" ? any.replaceAll("'", "x") : any;
        const [type, body] = write(value, `again ${value} and`);
        const shown = redact(type, body);
        const all = JSON.stringify(shown) + shown.body + JSON.stringify(shown.fields);
        expect(shown.body).toContain(REDACTED);
        for (const form of [
          value,
          JSON.stringify(value).slice(1, -1),
          escapeXml(value),
          encodeURIComponent(value),
        ]) {
          expect(all.includes(form), `${form} in ${all}`).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });
});
