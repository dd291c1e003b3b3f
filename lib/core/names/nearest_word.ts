/**
 * The word among some that is most likely meant by one that is none of them: at most a third of its
 * letters differ, and of a short one at most one; undefined where none is that near.
 */
export function nearestWord(word: string, words: readonly string[]): string | undefined {
  const found = words.map((candidate) => [distance(word, candidate), candidate] as const)
    .filter(([steps, candidate]) => steps <= Math.max(1, Math.floor(candidate.length / 3)))
    .sort(([a], [b]) => a - b);
  return found[0]?.[1];
}

/** Longest words that are compared; longer ones are no slips of the finger. */
const LENGTH_MAX = 64;

/** Letters to put in, take out or change, at least, to make one word of the other. */
function distance(a: string, b: string): number {
  if (a.length > LENGTH_MAX || b.length > LENGTH_MAX) return Infinity;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(changed, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** Names that a message lists. */
const LISTED_MAX = 24;

/** Names as a message lists them: the first ones, and how many more there are. */
export function listedWords(words: readonly string[]): string {
  const more = words.length - LISTED_MAX;
  return words.slice(0, LISTED_MAX).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

/** What to say of a word that is none of those that there are: `did you mean x? keys are x, y`. */
export function wordRemedy(word: string, words: readonly string[], what: string): string {
  const near = nearestWord(word, words);
  const listed = `${what} are ${listedWords(words)}`;
  return near === undefined ? listed : `did you mean ${near}? ${listed}`;
}
