const PROMISES = [
  [
    "Exact.",
    "You see what came over the wire: header order, case and duplicates, raw bytes, trailers, even requests that are not valid HTTP.",
  ],
  [
    "Durable.",
    "The sender gets its answer only once the request is on disk, and your screen shows every one of them, in order.",
  ],
  [
    "Private.",
    "Knowing a capture URL lets anybody send to it; only this browser and your tokens can read what came.",
  ],
] as const;

export function Promises() {
  return (
    <ul className="grid gap-6 sm:grid-cols-3">
      {PROMISES.map(([word, sentence]) => (
        <li key={word} className="text-muted">
          <strong className="font-semibold text-ink">{word}</strong> {sentence}
        </li>
      ))}
    </ul>
  );
}
