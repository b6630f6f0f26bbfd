/** A way to set a title: its rows and the widest of them. */
export interface Broken {
  rows: string[];
  /** Width of the widest row at size 1. */
  widest: number;
}

/**
 * Breaks words into exactly `lines` rows so that the widest row is as narrow as it can be (dynamic programming over the
 * last break; words × words × lines steps). Null when there are fewer words than rows.
 * @param width of a text at size 1
 */
export function breakInto(
  words: readonly string[],
  lines: number,
  width: (text: string) => number,
): Broken | null {
  const n = words.length;
  if (lines > n) return null;
  const row = (from: number, to: number): string => words.slice(from, to).join(' ');
  let best: { widest: number; rows: string[] }[] = Array.from({ length: n + 1 }, (_, to) => ({
    widest: width(row(0, to)),
    rows: [row(0, to)],
  }));
  for (let used = 2; used <= lines; used++) {
    best = best.map((_, to) => {
      let chosen = { widest: Infinity, rows: [] as string[] };
      for (let from = used - 1; from < to; from++) {
        const before = best[from];
        if (!before || before.rows.length !== used - 1) continue;
        const widest = Math.max(before.widest, width(row(from, to)));
        if (widest < chosen.widest) chosen = { widest, rows: [...before.rows, row(from, to)] };
      }
      return chosen;
    });
  }
  const answer = best[n];
  return answer && answer.rows.length === lines ? answer : null;
}

/**
 * Cuts words that are wider than a limit into pieces with a hyphen, at even places, and never so that fewer than three
 * letters stand alone.
 */
export function cutLongWords(
  words: readonly string[],
  limit: number,
  width: (text: string) => number,
): string[] {
  return words.flatMap((word) => {
    const total = width(word);
    const letters = [...word];
    if (total <= limit || letters.length < 8) return [word];
    const pieces = Math.min(Math.ceil(total / (limit * 0.94)), Math.floor(letters.length / 3));
    const length = Math.ceil(letters.length / pieces);
    return Array.from({ length: pieces }, (_, i) => {
      const part = letters.slice(i * length, (i + 1) * length).join('');
      return i < pieces - 1 && !part.endsWith('-') ? `${part}-` : part;
    }).filter((part) => part !== '');
  });
}
