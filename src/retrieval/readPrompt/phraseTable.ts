/** Phrases of normalised words (no apostrophes) with a value each, found by their first word. */
export type PhraseTable<Value> = ReadonlyMap<string, readonly { words: readonly string[]; value: Value }[]>;

/** @param rows phrases stand between bars: `loved|a fan of` */
export function phraseTable<Value>(rows: readonly (readonly [Value, string])[]): PhraseTable<Value> {
  const table = new Map<string, { words: string[]; value: Value }[]>();
  for (const [value, phrases] of rows)
    for (const phrase of phrases.split('|')) {
      const words = phrase.trim().split(/\s+/);
      const list = table.get(words[0]!);
      if (list) list.push({ words, value });
      else table.set(words[0]!, [{ words, value }]);
    }
  for (const list of table.values()) list.sort((a, b) => b.words.length - a.words.length);
  return table;
}

/** The longest phrase that begins at a word, without a pause inside it. */
export function phraseAt<Value>(
  table: PhraseTable<Value>,
  words: readonly { word: string; before: string }[],
  at: number,
): { words: readonly string[]; value: Value } | undefined {
  return table
    .get(words[at]!.word)
    ?.find((phrase) =>
      phrase.words.every(
        (word, offset) =>
          words[at + offset]?.word === word &&
          (offset === 0 || !/[.!?;:\n,]/.test(words[at + offset]!.before)),
      ),
    );
}
