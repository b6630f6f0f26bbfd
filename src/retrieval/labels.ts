import { tokenize } from './tokenize.ts';

/** The tags, genres and keywords of each title by name: why it matched, and what the best matches share. */
export interface LabelState {
  /** All label names, joined by line feeds. */
  names: string;
  /** Labels of row r stand at positions starts[r] … starts[r + 1] − 1 of `labels`. */
  starts: Uint32Array;
  labels: Uint32Array;
  /** Of each position of `labels`: a tag's strength, 1 for genres and keywords. */
  strengths: Float32Array;
}

export function buildLabels(
  documents: readonly {
    genres: string[];
    tags: { name: string; strength: number }[];
    keywords: string[];
  }[],
): LabelState {
  const numbers = new Map<string, number>();
  const starts = new Uint32Array(documents.length + 1);
  const labels: number[] = [];
  const strengths: number[] = [];
  documents.forEach(({ genres, tags, keywords }, row) => {
    const ofRow = new Map(tags.map(({ name, strength }) => [name, strength]));
    for (const name of [...genres, ...keywords]) ofRow.set(name, 1);
    for (const [name, strength] of ofRow) {
      const clean = name.replaceAll('\n', ' ');
      let number = numbers.get(clean);
      if (number === undefined) numbers.set(clean, (number = numbers.size));
      labels.push(number);
      strengths.push(strength);
    }
    starts[row + 1] = labels.length;
  });
  return {
    names: [...numbers.keys()].join('\n'),
    starts,
    labels: Uint32Array.from(labels),
    strengths: Float32Array.from(strengths),
  };
}

/** How many titles have each label. */
export function labelUses({ names, labels }: LabelState): Uint32Array {
  const uses = new Uint32Array(names.split('\n').length);
  for (const label of labels) uses[label]!++;
  return uses;
}

/** Labels by the words they are made of; the words are found at the first question. */
export class Labels {
  private readonly state: LabelState;
  private made: { names: string[]; tokens: string[][]; labelsWith: Map<string, number[]> } | null = null;
  private counted: Uint32Array | null = null;

  constructor(state: LabelState) {
    this.state = state;
  }

  private get words() {
    if (this.made) return this.made;
    const names = this.state.names.split('\n');
    const tokens = names.map((name) => tokenize(name));
    const labelsWith = new Map<string, number[]>();
    tokens.forEach((parts, label) => {
      for (const token of new Set(parts)) {
        const list = labelsWith.get(token);
        if (list) list.push(label);
        else labelsWith.set(token, [label]);
      }
    });
    return (this.made = { names, tokens, labelsWith });
  }

  /** The words a label is made of. */
  tokensOf(label: number): readonly string[] {
    return this.words.tokens[label]!;
  }

  /**
   * What these titles have in common and others do not: the labels with the largest sum of weight × strength × rarity, the
   * first at share 1.
   * @param weights of each row, ≥ 0
   */
  sharedBy(rows: readonly number[], weights: readonly number[], limit: number): Map<number, number> {
    const { starts, labels, strengths } = this.state;
    const titles = starts.length - 1;
    const uses = (this.counted ??= labelUses(this.state));
    const sums = new Map<number, number>();
    rows.forEach((row, place) => {
      for (let at = starts[row]!; at < starts[row + 1]!; at++) {
        const label = labels[at]!;
        const rarity = Math.log(titles / uses[label]!);
        sums.set(label, (sums.get(label) ?? 0) + weights[place]! * strengths[at]! * rarity);
      }
    });
    const best = [...sums].sort((a, b) => b[1] - a[1]).slice(0, limit);
    const largest = best[0]?.[1] ?? 0;
    return new Map(largest > 0 ? best.map(([label, sum]) => [label, sum / largest]) : []);
  }

  /** Labels all of whose words are among `tokens`. */
  madeOf(tokens: Iterable<string>): Set<number> {
    const { tokens: tokensOf, labelsWith } = this.words;
    const among = new Set(tokens);
    const found = new Set<number>();
    for (const token of among)
      for (const label of labelsWith.get(token) ?? [])
        if (tokensOf[label]!.every((part) => among.has(part))) found.add(label);
    return found;
  }

  /**
   * Labels of a row all of whose words add to its score.
   * @param asked labels that come into question (`madeOf` the words of the query)
   * @param impacts token → its part in the row's score
   */
  matched(
    row: number,
    asked: ReadonlySet<number>,
    impacts: ReadonlyMap<string, number>,
  ): { label: string; tokens: string[]; impact: number }[] {
    const { starts, labels } = this.state;
    const found: { label: string; tokens: string[]; impact: number }[] = [];
    if (asked.size === 0) return found;
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const number = labels[at]!;
      if (!asked.has(number)) continue;
      const tokens = this.words.tokens[number]!;
      if (!tokens.every((token) => impacts.has(token))) continue;
      const impact = tokens.reduce((sum, token) => sum + impacts.get(token)!, 0);
      found.push({ label: this.words.names[number]!, tokens, impact });
    }
    return found;
  }

  /**
   * Rows with a label that names one of these words, such as "disney" or "disney animated feature" for "not Disney".
   * @param beside words that may stand beside it in the label; any other word makes it another matter
   */
  rowsNaming(words: ReadonlySet<string>, beside: ReadonlySet<string>): Set<number> {
    const wanted = new Set<number>();
    for (const label of this.madeOf([...words, ...beside]))
      if (this.words.tokens[label]!.some((token) => words.has(token))) wanted.add(label);
    const rows = new Set<number>();
    const { starts, labels } = this.state;
    for (let row = 0; row + 1 < starts.length; row++)
      for (let at = starts[row]!; at < starts[row + 1]!; at++) if (wanted.has(labels[at]!)) rows.add(row);
    return rows;
  }
}
