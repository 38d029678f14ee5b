/** Where a word of the query is found: at the start, at the start of a word, or anywhere. */
function scoreOf(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at === -1) return 0;
  if (at === 0) return 3;
  return /[^\p{L}\p{N}]/u.test(text[at - 1]!) ? 2 : 1;
}

type Texts = {
  /** What is shown. */
  title: string;
  /** What it is found by besides, which counts less. */
  keywords?: string;
};

/** How well a text answers a query, all of whose words have to occur in it; 0 for not at all. */
export function rank(query: string, { title, keywords = "" }: Texts): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const [shown, other] = [title.toLowerCase(), keywords.toLowerCase()];
  let total = 1;
  for (const word of words) {
    const score = 4 * scoreOf(word, shown) || scoreOf(word, other);
    if (score === 0) return 0;
    total += score;
  }
  return total;
}

/** Those that answer the query, the best first, otherwise in the order that they had. */
export function ranked<Item>(
  query: string,
  items: readonly Item[],
  textsOf: (item: Item) => Texts,
  limit: number,
): Item[] {
  const found: { item: Item; score: number }[] = [];
  for (const item of items) {
    const score = rank(query, textsOf(item));
    if (score > 0) found.push({ item, score });
  }
  return found
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ item }) => item);
}
