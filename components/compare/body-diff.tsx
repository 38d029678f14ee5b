import { BytesDiff } from "#components/compare/bytes-diff.tsx";
import { PairsDiff } from "#components/compare/pairs-diff.tsx";
import { RowsDiff } from "#components/compare/rows-diff.tsx";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { Section } from "#components/ui/section.tsx";
import { type BodyComparison, COMPARED_AS_TEXT_MAX_BYTES } from "#lib/compare/compare-body.ts";
import { isSameBody } from "#lib/compare/compare-messages.ts";
import type { Message, MessageBody } from "#lib/compare/message.ts";

type BodyDiffProps = {
  body: BodyComparison;
  left: Message;
  right: Message;
  onlyDifferences: boolean;
  onShowAll: () => void;
};

const HOW: Partial<Record<BodyComparison["kind"], string>> = {
  json: "compared as JSON",
  form: "compared by field",
  text: "compared by line",
  bytes: "compared by byte",
};

export function BodyDiff({ body, left, right, onlyDifferences, onShowAll }: BodyDiffProps) {
  return (
    <Section title="Body" added={HOW[body.kind]}>
      <p className="text-muted text-sm">{verdict(body, left.body, right.body)}</p>
      <Caveats body={body} left={left} right={right} />
      {(body.kind === "json" || body.kind === "text") && body.diff.differences > 0 && (
        <RowsDiff diff={body.diff} onlyDifferences={onlyDifferences} onShowAll={onShowAll} />
      )}
      {body.kind === "form" && (
        <PairsDiff rows={body.rows} separator="=" onlyDifferences={onlyDifferences} />
      )}
      {body.kind === "bytes" && <BytesDiff bytes={body.bytes} />}
    </Section>
  );
}

function verdict(body: BodyComparison, left: MessageBody, right: MessageBody): string {
  if (body.kind === "empty") return "Neither has a body.";
  const [before, after] = [left.bytes.length, right.bytes.length];
  if (body.kind === "identical") return `Identical, byte for byte: ${formatBytes(before)}.`;
  const sizes =
    before === after
      ? `${formatBytes(before)} each.`
      : `${formatBytes(before)}, then ${formatBytes(after)}.`;
  if (!isSameBody(body)) return sizes;
  return body.kind === "json"
    ? `${sizes} The same JSON: only white space, the order of keys or escapes differ.`
    : `${sizes} Nothing differs but how it is written.`;
}

function Caveats({ body, left, right }: Pick<BodyDiffProps, "body" | "left" | "right">) {
  const lines: string[] = [];
  if (left.body.truncated || right.body.truncated) {
    const which =
      left.body.truncated && right.body.truncated ? "Both bodies are" : "One of the bodies is";
    lines.push(`${which} not whole here: only what this server kept is compared.`);
  }
  if (body.kind === "bytes" && body.tooLong) {
    const limit = formatBytes(COMPARED_AS_TEXT_MAX_BYTES);
    lines.push(`Bodies over ${limit} are not compared by what they mean, but byte by byte.`);
  }
  if (body.kind === "text" && body.diff.exhausted) {
    lines.push("The two have so little in common that the lines are paired by their order.");
  }
  if (isEncoded(left) || isEncoded(right)) {
    lines.push(
      "A Content-Encoding is declared: the bytes are compared as they were sent, encoded.",
    );
  }
  return lines.map((line) => (
    <p key={line} className="text-amber text-sm">
      {line}
    </p>
  ));
}

function isEncoded({ headers, body }: Message): boolean {
  if (body.bytes.length === 0) return false;
  return headers.some(
    ([name, value]) =>
      name.toLowerCase() === "content-encoding" && value.trim().toLowerCase() !== "identity",
  );
}
