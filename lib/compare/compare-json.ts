import { align } from "./align.ts";
import { type DiffRows, RowCollector, type RowKind, rowSide } from "./diff-rows.ts";
import { decodeString, type JsonNode } from "./json-node.ts";
import { markChanges, type Segment } from "./mark-changes.ts";
import { matchNames } from "./match-names.ts";

/** Deeper values are compared as text: the levels would not be told apart anyway. */
const MAX_DEPTH = 200;
/** Of an object's members, those that say whether it resembles another. */
const MEMBERS_ASKED = 50;
const IDENTITIES = ["id", "_id", "uuid", "key", "sku", "name"];

type Place = {
  depth: number;
  /** The member's name as it is written, with its colon; empty in an array. */
  prefix: [left: string, right: string];
  comma: [left: string, right: string];
  path: string;
};

/**
 * Compares by value: the order of an object's members does not count, array items are aligned.
 * Numbers are compared as they are written, because 12345678901234567890 and …891 are not the same.
 */
export function compareJson(
  leftText: string,
  left: JsonNode,
  rightText: string,
  right: JsonNode,
): DiffRows {
  return new JsonComparison(leftText, rightText).run(left, right);
}

class JsonComparison {
  private readonly collector = new RowCollector();
  private readonly numbers: [number, number] = [0, 0];
  private readonly texts: [string, string];

  constructor(leftText: string, rightText: string) {
    this.texts = [leftText, rightText];
  }

  run(left: JsonNode, right: JsonNode): DiffRows {
    this.both(left, right, { depth: 0, prefix: ["", ""], comma: ["", ""], path: "$" });
    return this.collector.done();
  }

  private both(left: JsonNode, right: JsonNode, place: Place): void {
    const isContainer = left.kind === "object" || left.kind === "array";
    if (left.kind !== right.kind && (isContainer || right.children.length > 0)) {
      this.oneSide(0, left, place);
      this.oneSide(1, right, place);
    } else if (!isContainer || place.depth >= MAX_DEPTH) {
      this.scalars(left, right, place);
    } else {
      const [open, close] = left.kind === "object" ? ["{", "}"] : ["[", "]"];
      if (left.children.length + right.children.length === 0) {
        this.line("same", place, [open + close, open + close], place.comma);
        return;
      }
      this.line("same", place, [open, open], ["", ""]);
      if (left.kind === "object") this.objects(left, right, place);
      else this.arrays(left, right, place);
      this.line("same", { ...place, prefix: ["", ""] }, [close, close], place.comma);
    }
  }

  private scalars(left: JsonNode, right: JsonNode, place: Place): void {
    const texts: [string, string] = [this.source(0, left), this.source(1, right)];
    const isSame =
      left.kind === right.kind &&
      (texts[0] === texts[1] ||
        (left.kind === "string" && decodeString(texts[0]) === decodeString(texts[1])));
    const note = isSame ? undefined : noteOn(left, right, texts);
    this.line(isSame ? "same" : "changed", place, texts, place.comma, note);
  }

  private objects(left: JsonNode, right: JsonNode, place: Place): void {
    const pairs = matchNames(members(left), members(right));
    this.children(pairs, left, right, place, (l, r) => {
      const name = l === -1 ? right.names[r]! : left.names[l]!;
      return { name: `${JSON.stringify(name)}: `, step: pathStep(name) };
    });
  }

  private arrays(left: JsonNode, right: JsonNode, place: Place): void {
    const { pairs } = align(
      left.children.map(({ hash }) => hash),
      right.children.map(({ hash }) => hash),
      { resemblance: (l, r) => this.resemblance(left.children[l]!, right.children[r]!) },
    );
    this.children(pairs, left, right, place, (l, r) => ({
      name: "",
      step: `[${l === -1 ? r : l}]`,
    }));
  }

  private children(
    pairs: readonly [left: number, right: number][],
    left: JsonNode,
    right: JsonNode,
    place: Place,
    called: (l: number, r: number) => { name: string; step: string },
  ): void {
    const lastLeft = pairs.findLastIndex(([l]) => l !== -1);
    const lastRight = pairs.findLastIndex(([, r]) => r !== -1);
    pairs.forEach(([l, r], i) => {
      const { name, step } = called(l, r);
      const below: Place = {
        depth: place.depth + 1,
        prefix: [name, name],
        comma: [i < lastLeft ? "," : "", i < lastRight ? "," : ""],
        path: place.path + step,
      };
      if (l === -1) this.oneSide(1, right.children[r]!, below);
      else if (r === -1) this.oneSide(0, left.children[l]!, below);
      else this.both(left.children[l]!, right.children[r]!, below);
    });
  }

  /** A whole value that only one side has. */
  private oneSide(side: 0 | 1, node: JsonNode, place: Place): void {
    const kind = side === 0 ? "removed" : "added";
    const isOpaque = node.children.length === 0 || place.depth >= MAX_DEPTH;
    const one = (text: string): [string | null, string | null] =>
      side === 0 ? [text, null] : [null, text];
    if (isOpaque) {
      this.line(kind, place, one(this.source(side, node)), place.comma);
      return;
    }
    const [open, close] = node.kind === "object" ? ["{", "}"] : ["[", "]"];
    this.line(kind, place, one(open), ["", ""]);
    node.children.forEach((child, i) => {
      const name = node.kind === "object" ? `${JSON.stringify(node.names[i])}: ` : "";
      const comma = i < node.children.length - 1 ? "," : "";
      const step = node.kind === "object" ? pathStep(node.names[i]!) : `[${i}]`;
      this.oneSide(side, child, {
        depth: place.depth + 1,
        prefix: [name, name],
        comma: [comma, comma],
        path: place.path + step,
      });
    });
    this.line(kind, { ...place, prefix: ["", ""] }, one(close), place.comma);
  }

  private line(
    kind: RowKind,
    { depth, prefix, path }: Place,
    [left, right]: readonly [string | null, string | null],
    comma: [string, string],
    note?: string,
  ): void {
    const [leftNumber, rightNumber] = [
      left === null ? 0 : ++this.numbers[0],
      right === null ? 0 : ++this.numbers[1],
    ];
    this.collector.push(kind, () => {
      const marked =
        kind === "changed" && left !== null && right !== null ? markChanges(left, right) : null;
      const side = (i: 0 | 1, number: number, text: string | null, segments?: Segment[]) =>
        text === null
          ? null
          : rowSide(number, depth, [
              ...plain(prefix[i]),
              ...(segments ?? plain(text)),
              ...plain(comma[i]),
            ]);
      return {
        kind,
        left: side(0, leftNumber, left, marked?.left),
        right: side(1, rightNumber, right, marked?.right),
        path,
        ...(note !== undefined && { note }),
      };
    });
  }

  private source(side: 0 | 1, node: JsonNode): string {
    return this.texts[side].slice(node.start, node.end);
  }

  private resemblance(left: JsonNode, right: JsonNode): number {
    if (left.kind !== right.kind) return 0;
    if (left.kind === "array") {
      const hashes = new Set(right.children.slice(0, MEMBERS_ASKED).map(({ hash }) => hash));
      const asked = left.children.slice(0, MEMBERS_ASKED);
      const equal = asked.filter(({ hash }) => hashes.has(hash)).length;
      return 0.4 + (0.6 * equal) / Math.max(asked.length, hashes.size, 1);
    }
    if (left.kind !== "object") return 0.4;
    const identity = IDENTITIES.find((name) => left.names.includes(name));
    if (identity !== undefined && right.names.includes(identity)) {
      const of = (node: JsonNode) => node.children[node.names.indexOf(identity)]!;
      const [a, b] = [of(left), of(right)];
      const isScalar = a.children.length === 0 && b.children.length === 0;
      if (isScalar) return a.hash === b.hash ? 1 : 0;
    }
    return sharedMembers(left, right);
  }
}

function sharedMembers(left: JsonNode, right: JsonNode): number {
  const asked = right.names.slice(0, MEMBERS_ASKED);
  const hashes = new Map(asked.map((name, i) => [name, right.children[i]!.hash]));
  let names = 0;
  let equal = 0;
  left.names.slice(0, MEMBERS_ASKED).forEach((name, i) => {
    const hash = hashes.get(name);
    if (hash === undefined) return;
    names += 1;
    if (hash === left.children[i]!.hash) equal += 1;
  });
  const most = Math.max(hashes.size, Math.min(left.names.length, MEMBERS_ASKED), 1);
  return (0.4 * names + 0.6 * equal) / most;
}

const plain = (text: string): Segment[] => (text === "" ? [] : [{ text, changed: false }]);

function members(node: JsonNode) {
  return node.children.map(({ hash }, i) => ({ name: node.names[i]!, value: hash }));
}

function pathStep(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function noteOn(left: JsonNode, right: JsonNode, texts: [string, string]): string | undefined {
  if (left.kind !== right.kind) return `${kindOf(left, texts[0])}, then ${kindOf(right, texts[1])}`;
  const isNumber = left.kind === "number";
  return isNumber && canonicalNumber(texts[0]) === canonicalNumber(texts[1])
    ? "same number, written differently"
    : undefined;
}

function kindOf(node: JsonNode, text: string): string {
  if (node.kind !== "literal") return node.kind;
  return text === "null" ? "null" : "boolean";
}

/** Digits without leading and trailing zeros and the power of ten that they are times, exactly. */
function canonicalNumber(text: string): string {
  const [, sign, whole, fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const all = `${whole}${fraction}`.replace(/^0+/, "");
  const digits = all.replace(/0+$/, "");
  if (digits === "") return "0";
  // A hostile exponent may be as long as the body.
  if (exponent.length > 20) return text;
  const power = BigInt(exponent) - BigInt(fraction.length) + BigInt(all.length - digits.length);
  return `${sign}${digits}e${power}`;
}
