import { tokenize } from './tokenize.ts';

/**
 * BM25F (Robertson & Zaragoza 2009, section 3.6): the fields of a document are weighted and length-normalised before
 * the term frequency saturates, so a word that stands in title and plot is not counted as two independent words.
 *
 *   tf(t, d) = Σ_field weight · count ÷ (1 − b + b · length ÷ average length)
 *   score(q, d) = Σ_t idf(t) · tf ÷ (k1 + tf),   idf = ln(1 + (N − n + .5) ÷ (n + .5))
 *
 * Everything but the sum over the query's words is known when the index is built, so a posting holds its finished
 * impact. Non-goals: phrase queries, updates in place.
 */
export interface Bm25Field {
  name: string;
  weight: number;
  /** 0 = length does not matter, 1 = full normalisation. */
  lengthNormalisation: number;
}

/** One piece of text in a field of a document. */
export interface FieldText {
  text: string;
  /** Multiplies the field's weight: 1, or a tag's strength. */
  strength: number;
}

export interface Bm25State {
  documentCount: number;
  /** Tokens in ascending order of UTF-16 code units, joined by line feeds. */
  vocabulary: string;
  /** Postings of token t stand at starts[t] … starts[t + 1] − 1. */
  starts: Uint32Array;
  /** Document numbers, ascending inside a token. */
  documents: Uint32Array;
  /** idf · tf ÷ (k1 + tf) of each posting. */
  impacts: Float32Array;
}

export interface Bm25Options {
  k1?: number;
}

export class Bm25 {
  readonly state: Bm25State;
  private words: string[] | null = null;
  private numbers: Map<string, number> | null = null;

  private constructor(state: Bm25State) {
    this.state = state;
  }

  static revive(state: Bm25State): Bm25 {
    return new Bm25(state);
  }

  /**
   * @param fieldsOf the texts of document d, one list for each field
   */
  static build(
    documentCount: number,
    fields: readonly Bm25Field[],
    fieldsOf: (document: number) => readonly (readonly FieldText[])[],
    options: Bm25Options = {},
  ): Bm25 {
    const counts = countTokens(documentCount, fields, fieldsOf);
    return new Bm25(weighPostings(documentCount, fields, counts, options.k1 ?? 1.2));
  }

  /** Sorted tokens; made at the first query, which keeps reviving quick. */
  get vocabulary(): readonly string[] {
    return (this.words ??= this.state.vocabulary === '' ? [] : this.state.vocabulary.split('\n'));
  }

  /** Number of a token, −1 when no document has it. */
  find(token: string): number {
    this.numbers ??= new Map(this.vocabulary.map((word, number) => [word, number]));
    return this.numbers.get(token) ?? -1;
  }

  /** In how many documents a token stands. */
  documentFrequency(token: number): number {
    return this.state.starts[token + 1]! - this.state.starts[token]!;
  }

  /**
   * Adds each document's score to `out`, which is 0 where nothing was added before.
   * @param tokens numbers from `find`, each with its weight in the query
   * @returns the documents whose score is no longer 0 and was before, each once
   */
  score(tokens: readonly { token: number; weight: number }[], out: Float32Array): number[] {
    const { starts, documents, impacts } = this.state;
    const found: number[] = [];
    for (const { token, weight } of tokens) {
      const end = starts[token + 1]!;
      for (let at = starts[token]!; at < end; at++) {
        const document = documents[at]!;
        const before = out[document]!;
        out[document] = before + weight * impacts[at]!;
        if (before === 0 && out[document] > 0) found.push(document);
      }
    }
    return found;
  }

  /** A token's part in one document's score, 0 when it does not stand there. */
  impactOf(token: number, document: number): number {
    const { starts, documents, impacts } = this.state;
    let low = starts[token]!;
    let high = starts[token + 1]!;
    const end = high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (documents[middle]! < document) low = middle + 1;
      else high = middle;
    }
    return low < end && documents[low] === document ? impacts[low]! : 0;
  }
}

/** First position whose word is not less than `word`. */
export function lowerBound(words: readonly string[], word: string): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (words[middle]! < word) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Raw counts as growing parallel lists: (token, document, field, weighted count), grouped by document and field. */
interface Counts {
  tokens: string[];
  tokenOf: Uint32Array;
  documentOf: Uint32Array;
  fieldOf: Uint8Array;
  countOf: Float32Array;
  size: number;
  /** Length of each field of each document in tokens. */
  lengths: Float32Array;
}

function countTokens(
  documentCount: number,
  fields: readonly Bm25Field[],
  fieldsOf: (document: number) => readonly (readonly FieldText[])[],
): Counts {
  const numbers = new Map<string, number>();
  // The same tag or name stands in many documents: its tokens are found once.
  const tokensOf = new Map<string, Uint32Array>();
  const tokenise = (text: string): Uint32Array => {
    const known = text.length < 60 ? tokensOf.get(text) : undefined;
    if (known) return known;
    const found = Uint32Array.from(tokenize(text), (token) => {
      let number = numbers.get(token);
      if (number === undefined) numbers.set(token, (number = numbers.size));
      return number;
    });
    if (text.length < 60) tokensOf.set(text, found);
    return found;
  };
  const counts: Counts = {
    tokens: [], tokenOf: new Uint32Array(1 << 16), documentOf: new Uint32Array(1 << 16), fieldOf: new Uint8Array(1 << 16),
    countOf: new Float32Array(1 << 16), size: 0, lengths: new Float32Array(documentCount * fields.length),
  }; // prettier-ignore
  const tally = new Map<number, number>();
  for (let document = 0; document < documentCount; document++) {
    const texts = fieldsOf(document);
    for (let field = 0; field < fields.length; field++) {
      tally.clear();
      let length = 0;
      for (const { text, strength } of texts[field]!) {
        const tokens = tokenise(text);
        length += tokens.length;
        for (const token of tokens) tally.set(token, (tally.get(token) ?? 0) + strength);
      }
      counts.lengths[document * fields.length + field] = length;
      for (const [token, count] of tally) push(counts, token, document, field, count);
    }
  }
  counts.tokens = [...numbers.keys()];
  return counts;
}

function push(counts: Counts, token: number, document: number, field: number, count: number): void {
  if (counts.size === counts.tokenOf.length) {
    const grow = <A extends Uint32Array | Uint8Array | Float32Array>(old: A, next: A): A => (
      next.set(old),
      next
    );
    const capacity = counts.size * 2;
    counts.tokenOf = grow(counts.tokenOf, new Uint32Array(capacity));
    counts.documentOf = grow(counts.documentOf, new Uint32Array(capacity));
    counts.fieldOf = grow(counts.fieldOf, new Uint8Array(capacity));
    counts.countOf = grow(counts.countOf, new Float32Array(capacity));
  }
  counts.tokenOf[counts.size] = token;
  counts.documentOf[counts.size] = document;
  counts.fieldOf[counts.size] = field;
  counts.countOf[counts.size++] = count;
}

function weighPostings(
  documentCount: number,
  fields: readonly Bm25Field[],
  counts: Counts,
  k1: number,
): Bm25State {
  const averages = fields.map((_, field) => {
    let sum = 0;
    let filled = 0;
    for (let at = field; at < counts.lengths.length; at += fields.length)
      if (counts.lengths[at]! > 0) {
        sum += counts.lengths[at]!;
        filled++;
      }
    return filled ? sum / filled : 1;
  });
  const order = counts.tokens
    .map((_, token) => token)
    .sort((a, b) => (counts.tokens[a]! < counts.tokens[b]! ? -1 : 1));
  const placeOf = new Uint32Array(order.length);
  order.forEach((token, place) => (placeOf[token] = place));

  // A counting sort by token keeps documents ascending inside a token; fields of one document then stand together.
  const rawStarts = new Uint32Array(order.length + 1);
  for (let at = 0; at < counts.size; at++) rawStarts[placeOf[counts.tokenOf[at]!]! + 1]!++;
  for (let place = 0; place < order.length; place++) rawStarts[place + 1]! += rawStarts[place]!;
  const next = rawStarts.slice();
  const sorted = new Uint32Array(counts.size);
  for (let at = 0; at < counts.size; at++) sorted[next[placeOf[counts.tokenOf[at]!]!]!++] = at;

  const starts = new Uint32Array(order.length + 1);
  const documents = new Uint32Array(counts.size);
  const impacts = new Float32Array(counts.size);
  let size = 0;
  for (let place = 0; place < order.length; place++) {
    starts[place] = size;
    for (let at = rawStarts[place]!; at < rawStarts[place + 1]!; at++) {
      const entry = sorted[at]!;
      const document = counts.documentOf[entry]!;
      const { weight, lengthNormalisation: b } = fields[counts.fieldOf[entry]!]!;
      const fieldNumber = counts.fieldOf[entry]!;
      const length = counts.lengths[document * fields.length + fieldNumber]! / averages[fieldNumber]!;
      const frequency = (weight * counts.countOf[entry]!) / (1 - b + b * length);
      if (size > starts[place]! && documents[size - 1] === document) impacts[size - 1]! += frequency;
      else {
        documents[size] = document;
        impacts[size++] = frequency;
      }
    }
    const frequencyOfToken = size - starts[place]!;
    const idf = Math.log(1 + (documentCount - frequencyOfToken + 0.5) / (frequencyOfToken + 0.5));
    for (let at = starts[place]!; at < size; at++) impacts[at] = (idf * impacts[at]!) / (k1 + impacts[at]!);
  }
  starts[order.length] = size;
  return {
    documentCount,
    vocabulary: order.map((token) => counts.tokens[token]!).join('\n'),
    starts,
    documents: documents.slice(0, size),
    impacts: impacts.slice(0, size),
  };
}
